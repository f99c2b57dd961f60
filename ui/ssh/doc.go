// Package ssh serves the board over SSH: to each officer, by the key the configuration has of them, a session with the
// board, or one command. There is nothing else to be had: no shell, no forwarding, no files, no other way to log in.
//
// A connection passes these, in this order:
//
//   - guardian: one for each connection. Limits by address before anything is read, a deadline for saying who it is,
//     a watchdog on every write. It is what is closed when a client must go.
//   - keys: which officer a key is. Who somebody is comes from the key that signed, never from what the client says.
//   - door: what a session channel may ask for. What is not asked for there does not reach the library.
//   - session: one board or one command of one officer, with a context that ends with the channel, the officer, the
//     limits or the server, and whose cause is what the person is told.
//
// Options say what a board and a command are; this package knows neither.
package ssh
