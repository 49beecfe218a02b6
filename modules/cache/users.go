package cache

import (
	"github.com/aws/jsii-runtime-go"
	cacheuser "github.com/cdktf/cdktf-provider-aws-go/aws/v19/elasticacheuser"
	usergroup "github.com/cdktf/cdktf-provider-aws-go/aws/v19/elasticacheusergroup"
)

// users declares who may log in: the application, with a token that IAM signs, and nobody else. There is no
// password that could be lost.
func (c *cache) users() (application cacheuser.ElasticacheUser, group *string) {
	application = cacheuser.NewElasticacheUser(c.scope, jsii.String("application"), &cacheuser.ElasticacheUserConfig{
		// With IAM the two must be the same ('User Id and User name must be same for authentication type: iam',
		// CreateUser), in lower case.
		UserId:             jsii.String(c.UserName),
		UserName:           jsii.String(c.UserName),
		Engine:             jsii.String(engine),
		AuthenticationMode: &cacheuser.ElasticacheUserAuthenticationMode{Type: jsii.String("iam")},
		// Everything on keys; no FLUSHALL, KEYS or CONFIG. Clients ask for INFO before they trust a connection.
		AccessString: jsii.String("on ~* +@all -@dangerous +info"),
	})
	// Whoever sends no name is `default`, whom ElastiCache lets do everything without a password. A group must have a user
	// of that name ('DefaultUserRequired', terraform-provider-aws#25593), so it has one that is off.
	nobody := cacheuser.NewElasticacheUser(c.scope, jsii.String("default"), &cacheuser.ElasticacheUserConfig{
		UserId:             jsii.String(c.CacheName + "-off"),
		UserName:           jsii.String("default"),
		Engine:             jsii.String(engine),
		NoPasswordRequired: jsii.Bool(true), // or else a password, which would be in state; off is off
		AccessString:       jsii.String("off -@all"),
	})
	group = usergroup.NewElasticacheUserGroup(c.scope, jsii.String("users"), &usergroup.ElasticacheUserGroupConfig{
		UserGroupId: jsii.String(c.CacheName),
		Engine:      jsii.String(engine),
		UserIds:     &[]*string{application.UserId(), nobody.UserId()},
	}).UserGroupId()
	return application, group
}
