package emulator

// images refuses DescribeImages of a missing image, which the emulator leaves out of its answer.
type images struct{ proxy *Proxy }

func (i images) answer(r *Request) *Reply {
	wanted, _ := r.given()["imageIds"].([]any)
	if r.Action != "DescribeImages" || len(wanted) == 0 {
		return nil
	}
	answer, err := i.proxy.askJSON(r, r.Region, r.Header.Get("X-Amz-Target"), r.given())
	if err != nil {
		return nil // the emulator says it once more
	}
	if found, _ := answer["imageDetails"].([]any); len(found) < len(wanted) {
		return r.badRequest("ImageNotFoundException", "The image does not exist within the repository.")
	}
	return nil
}
