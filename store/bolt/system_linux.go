package bolt

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// networks names the file systems whose files may lie on another machine, by the numbers of statfs(2).
var networks = map[uint32]string{
	0x6969:     "NFS",
	0x517B:     "SMB",
	0xFF534D42: "SMB (CIFS)",
	0xFE534D42: "SMB 2",
	0x65735546: "FUSE",
	0x01021997: "9P",
	0x5346414F: "AFS",
	0x6B414653: "AFS",
	0x00C36400: "Ceph",
	0x73757245: "Coda",
	0x564C:     "NCP",
	0x0BD00BD0: "Lustre",
	0x47504653: "GPFS",
	0x01161970: "GFS2",
	0x7461636F: "OCFS2",
	0x19830326: "BeeGFS",
	0xAAD7AAEA: "PanFS",
	0x20030528: "OrangeFS",
	0xBEEFDEAD: "StorNext",
	0x786F4256: "VirtualBox shared folder",
	0xBACBACBC: "VMware shared folder",
	0x7C7C6673: "Parallels shared folder",
}

// networkOf names the network file system that folder lies on; "" is none.
func networkOf(folder string) (string, error) {
	var st unix.Statfs_t
	for {
		err := unix.Statfs(folder, &st)
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return "", &os.PathError{Op: "statfs", Path: folder, Err: err}
		}
		return networks[uint32(st.Type)], nil
	}
}

// renameNew renames a file to a name that nothing has.
func renameNew(from, to string) error {
	err := unix.Renameat2(unix.AT_FDCWD, from, unix.AT_FDCWD, to, unix.RENAME_NOREPLACE)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) {
		return linkNew(from, to)
	}
	if err != nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
	}
	return nil
}

// flag locks the first byte of the lock file, unless another writer has. Such locks belong to the open
// file, and have nothing to do with those of flock(2). It is a courtesy: that it fails is no error.
func flag(f *os.File) {
	unix.FcntlFlock(f.Fd(), unix.F_OFD_SETLK, &unix.Flock_t{Type: unix.F_WRLCK, Len: 1})
}
func unflag(f *os.File) {
	unix.FcntlFlock(f.Fd(), unix.F_OFD_SETLK, &unix.Flock_t{Type: unix.F_UNLCK, Len: 1})
}

// flagged says whether a writer waits.
func flagged(f *os.File) bool {
	l := unix.Flock_t{Type: unix.F_RDLCK, Len: 1}
	err := unix.FcntlFlock(f.Fd(), unix.F_OFD_GETLK, &l)
	return err == nil && l.Type != unix.F_UNLCK
}

// locksOn returns the processes that hold a lock on the file, as far as the kernel shows them.
func locksOn(f *os.File) (pids []int) {
	info, err := f.Stat()
	all, err2 := os.ReadFile("/proc/locks")
	if err != nil || err2 != nil {
		return nil
	}
	id := identity(info)
	file := fmt.Sprintf("%02x:%02x:%d", unix.Major(id.dev), unix.Minor(id.dev), id.ino)
	for line := range strings.Lines(string(all)) {
		// "1: FLOCK  ADVISORY  WRITE 4711 fe:00:1234 0 EOF"; a waiter has "->" before FLOCK.
		part := strings.Fields(line)
		if len(part) < 6 || part[1] != "FLOCK" || part[5] != file {
			continue
		}
		if pid, err := strconv.Atoi(part[4]); err == nil && pid > 0 {
			pids = append(pids, pid)
		}
	}
	return pids
}
