// Package model is what the board is: the words of the joint work against organised crime, and its rules.
//
// Twelve agencies work together in seven regions and nationally, on joint efforts with one of three
// focuses. Nobody commands anybody: assigning an agency is a request that its own officer answers.
//
// All that happens goes one way:
//
//	Command ─▶ Decide ─▶ []Event ─▶ Event.On ─▶ Effort ─▶ Board
//
// Decide is the only place that says no; Event.On is the only place that changes an effort. Both are
// pure: no clock, no randomness, no input or output. The package knows the standard library and the
// Unicode tables, nothing else.
//
// What holds in every state that Decide and Event.On can reach:
//
//   - An effort's id and codename are its own for ever; neither is given twice.
//   - At most one agency leads an effort, and it has accepted.
//   - Each agency stands at most once on an effort: asked, accepted, declined or released.
//   - A declined agency has given its reason; a rejected or dormant effort has one too, a decided one
//     its decision and a closed one its outcome. Only imported history may lack what its list lacked.
//   - An effort's version counts the events that changed it, and the journal's fold is the state.
//   - Every text is one that CleanText, CleanNote or CleanCodename has let through.
package model
