package emulator

import (
	"fmt"
	"net/http"
	"strings"
)

// reservations stand in for RDS' reserved instances: one offering for whatever is asked for, which is bought once under a
// name and never given back.
type reservations struct{ bought *store[*Request] } // the call that bought each, by region and id

func newReservations() *reservations { return &reservations{newStore[*Request]()} }

// theOffering is the id of the one offering.
const theOffering = "00000000-0000-4000-8000-000000000001"

func (s *reservations) answer(r *Request) *Reply {
	switch r.Action {
	case "DescribeReservedDBInstancesOfferings":
		return rdsReply(r.Action, fmt.Sprintf("<ReservedDBInstancesOfferings><ReservedDBInstancesOffering>"+
			"<ReservedDBInstancesOfferingId>%s</ReservedDBInstancesOfferingId><DBInstanceClass>%s</DBInstanceClass><Duration>%s</Duration>"+
			"<ProductDescription>%s</ProductDescription><OfferingType>%s</OfferingType><MultiAZ>%s</MultiAZ><CurrencyCode>USD</CurrencyCode>"+
			"<FixedPrice>0</FixedPrice></ReservedDBInstancesOffering></ReservedDBInstancesOfferings>",
			theOffering, escape(r.Form.Get("DBInstanceClass")), escape(r.Form.Get("Duration")), escape(r.Form.Get("ProductDescription")),
			escape(r.Form.Get("OfferingType")), escape(r.Form.Get("MultiAZ"))))
	case "PurchaseReservedDBInstancesOffering":
		id := r.Form.Get("ReservedDBInstanceId")
		if _, found := s.bought.get(r.Region + "|" + id); found {
			return r.failure(http.StatusBadRequest, "ReservedDBInstanceAlreadyExists")
		}
		s.bought.put(r.Region+"|"+id, r)
		return rdsReply(r.Action, "<ReservedDBInstance>"+reserved(r)+"</ReservedDBInstance>")
	case "DescribeReservedDBInstances":
		made, found := s.bought.get(r.Region + "|" + r.Form.Get("ReservedDBInstanceId"))
		if !found {
			return r.failure(http.StatusNotFound, "ReservedDBInstanceNotFound")
		}
		return rdsReply(r.Action, "<ReservedDBInstances><ReservedDBInstance>"+reserved(made)+"</ReservedDBInstance></ReservedDBInstances>")
	case "ListTagsForResource":
		_, id, _ := strings.Cut(r.Form.Get("ResourceName"), ":ri:")
		if made, found := s.bought.get(r.Region + "|" + id); found {
			return rdsReply(r.Action, "<TagList>"+tagList(made)+"</TagList>")
		}
	}
	return nil
}

// reserved is what was bought, as RDS describes it.
func reserved(made *Request) string {
	return fmt.Sprintf("<ReservedDBInstanceId>%s</ReservedDBInstanceId><ReservedDBInstancesOfferingId>%s</ReservedDBInstancesOfferingId>"+
		"<DBInstanceCount>%s</DBInstanceCount><StartTime>2026-11-28T00:00:00Z</StartTime><State>active</State><MultiAZ>false</MultiAZ>"+
		"<ReservedDBInstanceArn>arn:aws:rds:%s:000000000000:ri:%[1]s</ReservedDBInstanceArn>",
		escape(made.Form.Get("ReservedDBInstanceId")), escape(made.Form.Get("ReservedDBInstancesOfferingId")),
		escape(made.Form.Get("DBInstanceCount")), made.Region)
}
