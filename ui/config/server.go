package config

import (
	"net"
	"strconv"

	"board.internal/samverkan/model"
)

// The most that the server's limits can be.
const (
	maxSessions  = 10_000
	maxTries     = 20
	maxRate      = 100_000
	maxHandshake = 120
	maxHours     = 168
	maxCells     = 1000
	maxInput     = 10_000_000
	maxStall     = 600
	maxUpload    = 512
)

// check says everything that is wrong with the server's values.
func (s *Server) check(p *Problems) {
	if !IsAddress(s.Listen) {
		p.add("server.listen", BadAddress, "value", model.MaskPersonal(s.Listen))
	}
	p.path("server.host_key", s.HostKey)
	p.oneOf("server.log", s.Log, LogFormats())
	p.within("server.sessions", s.Sessions, 1, maxSessions)
	p.within("server.sessions_per_officer", s.SessionsPerOfficer, 1, maxSessions)
	p.within("server.unauthenticated", s.Unauthenticated, 1, maxSessions)
	p.within("server.tries", s.Tries, 1, maxTries)
	p.within("server.connections_per_minute", s.ConnectionsPerMinute, 1, maxRate)
	p.within("server.handshake_seconds", s.HandshakeSeconds, 1, maxHandshake)
	p.within("server.idle_minutes", s.IdleMinutes, 1, maxLock)
	p.within("server.session_hours", s.SessionHours, 1, maxHours)
	p.within("server.max_columns", s.MaxColumns, 40, maxCells)
	p.within("server.max_rows", s.MaxRows, 12, maxCells)
	p.within("server.input_bytes_per_second", s.InputBytes, 100, maxInput)
	p.within("server.upload_mbytes", s.UploadMBytes, 1, maxUpload)
	p.within("server.write_stall_seconds", s.StallSeconds, 1, maxStall)
}

// IsAddress reports whether s is host:port with a number from 0 to 65535 as port. Whether the machine has the host,
// only listening tells.
func IsAddress(s string) bool {
	_, port, err := net.SplitHostPort(s)
	if err != nil {
		return false
	}
	_, err = strconv.ParseUint(port, 10, 16)
	return err == nil
}
