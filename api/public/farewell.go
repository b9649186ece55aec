package public

import (
	"net/http"

	"github.com/packhorse/packhorse/notify"
)

type farewellView struct {
	page
	Form, Button, All string
}

// showFarewell asks whether somebody wants no more messages. A look changes nothing: mail scanners follow links.
func (p *Pages) showFarewell(v *visit) error {
	found, err := v.Notify.Look(v.r.Context(), v.r.PathValue("token"))
	if err != nil {
		return err
	}
	return v.farewellPage(found)
}

// farewell ends a kind of message, or all. The form and the one click of mail programs (RFC 8058) are the same request, which is why it
// may come from another site's page.
func (p *Pages) farewell(v *visit) error {
	found, err := v.Notify.Unsubscribe(v.r.Context(), v.r.PathValue("token"), v.r.PostForm.Get("all") == "1")
	if err != nil {
		return err
	}
	return v.farewellPage(found)
}

func (v *visit) farewellPage(found notify.Subscription) error {
	out := farewellView{Form: v.At(v.r.URL.Path), All: v.Say("notify.stop_all_button")}
	v.Title = v.Say("notify.stopped", "notice", string(found.Notice))
	switch {
	case found.All:
		v.Title, out.All = v.Say("notify.stopped_all"), ""
	case !found.Stopped:
		v.Title, out.Button = v.Say("notify.stop_ask", "notice", string(found.Notice)), v.Say("notify.stop_button")
	}
	out.page = v.page
	return v.show("farewell", http.StatusOK, out)
}
