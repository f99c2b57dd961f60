package model

// A command about an effort emits at its end or not at all, so that one that is refused leaves nothing behind.
func (c Together) decide(d *decision) error {
	var no Refusals
	for _, one := range c.Commands {
		if err := one.decide(d); err != nil {
			no = append(no, Refusal{one.about(), err})
		}
	}
	if len(no) == 0 || c.Rest && len(no) < len(c.Commands) {
		return nil
	}
	d.events = nil
	return no
}

// About is the effort that a command is about.
func About(c OnEffort) EffortID { return c.about() }
