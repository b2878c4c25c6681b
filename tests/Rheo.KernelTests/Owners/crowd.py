# Many short connections, datagrams and passed descriptors, each end written down with the true owners: "protocol client server client's server's began ended" a line.
import array, os, random, socket, sys, time

def served(host, count):
    """A server that forks nothing: accepts, reads a byte, answers, closes."""
    s = socket.create_server((host, 0), backlog=1024)
    u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    u.bind(("0.0.0.0", 0))
    print("port", s.getsockname()[1], u.getsockname()[1], flush=True)
    if os.fork() == 0:
        s.close()
        while True:
            data, who = u.recvfrom(16)
            u.sendto(b"%d" % os.getpid(), who)
    u.close()
    kept = []
    while True:
        c, _ = s.accept()
        data = c.recv(1)
        c.send(b"%d" % os.getpid())
        if data == b"k":
            kept.append(c)
        else:
            c.close()

def end(s):
    return "%s %d" % s.getsockname()[:2]

def note(out, began, proto, s, to, server):
    out.write("%d %s %s %d %s %d %d\n" % (proto, end(s), "%s %d" % to, os.getpid(), server.decode(), began, time.time_ns()))

def shorts(out, to, count):
    """Connections of a process each ten, so that most processes live for milliseconds."""
    for _ in range(count // 10):
        child = os.fork()
        if child == 0:
            for _ in range(10):
                began = time.time_ns()
                s = socket.create_connection(to)
                s.send(b"x")
                note(out, began, 6, s, to, s.recv(16))
                s.close()
            out.flush()
            os._exit(0)
        os.waitpid(child, 0)

def queries(out, host, port, count):
    for i in range(count):
        began = time.time_ns()
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        if i % 2:
            s.connect((host, port))
            s.send(b"q")
        else:
            s.sendto(b"q", (host, port))
        answer = s.recv(16)
        local = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        local.connect((host, port))
        own = local.getsockname()[0]
        local.close()
        out.write("17 %s %d %s %d %d %s %d %d\n" % (own, s.getsockname()[1], host, port, os.getpid(), answer.decode(), began, time.time_ns()))
        s.close()

def passed(out, to, count):
    left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    child = os.fork()
    if child == 0:
        left.close()
        kept = []
        for _ in range(count):
            data, anc, _, _ = right.recvmsg(1, socket.CMSG_SPACE(4))
            began = time.time_ns()
            s = socket.socket(fileno=array.array("i", anc[0][2][:4])[0])
            s.send(b"k")
            note(out, began, 6, s, to, s.recv(16))
            kept.append(s)
        out.flush()
        sys.stdin.read()
        os._exit(0)
    for _ in range(count):
        s = socket.create_connection(to)
        left.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [s.fileno()]))])
        s.close()
    print("passed", flush=True)
    os.waitpid(child, 0)

def old(out, to, count):
    kept = []
    for _ in range(count):
        began = time.time_ns()
        s = socket.create_connection(to)
        s.send(b"k")
        note(out, began, 6, s, to, s.recv(16))
        kept.append(s)
    out.flush()
    print("old", flush=True)
    sys.stdin.read()

what, path, host, port, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
if what == "served":
    served(host, count)
out = open(path, "a")
if what == "queries":
    queries(out, host, port, count)
else:
    globals()[what](out, (host, port), count)
