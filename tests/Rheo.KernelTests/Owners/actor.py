# One process of a scene: does what its argument says, prints "key value" lines, and holds what it has until its standard input ends.
import array, ctypes, os, socket, sys, threading, time

def say(key, value):
    print(key, value, flush=True)

def ends(s):
    say("local", "%s %d" % s.getsockname()[:2])
    say("remote", "%s %d" % s.getpeername()[:2])

def hold():
    sys.stdin.read()

def name(text):
    ctypes.CDLL(None).prctl(15, text, 0, 0, 0)  # PR_SET_NAME

def connect(host, port):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    s = socket.socket(family, socket.SOCK_STREAM)
    s.connect((host, int(port)))
    return s

def connected(host, port):
    s = connect(host, port)
    ends(s)
    hold()

def moved(cgroup, host, port):
    with open(cgroup, "w") as f:
        f.write(str(os.getpid()))
    connected(host, port)

def named(hex_name, host, port):
    name(bytes.fromhex(hex_name))
    connected(host, port)

def from_thread(host, port):
    name(b"the-group")
    def act():
        name(b"the-thread")
        s = connect(host, port)
        ends(s)
        hold()
    t = threading.Thread(target=act)
    t.start()
    t.join()

def forked(host, port):
    s = connect(host, port)
    child = os.fork()
    if child == 0:
        s.send(b"x")
        hold()
        os._exit(0)
    s.close()
    say("child", child)
    s = None
    os.waitpid(child, 0)

def replaced(host, port):
    first = connect(host, port)
    say("first", "%s %d" % first.getsockname()[:2])
    sys.stdin.readline()
    second = connect(host, port)
    os.dup2(second.fileno(), first.fileno())
    second.close()
    ends(first)
    hold()

def shared(host, port):
    s = connect(host, port)
    ends(s)
    child = os.fork()
    if child == 0:
        hold()
        os._exit(0)
    say("child", child)
    os.waitpid(child, 0)

def passed(host, port):
    left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    child = os.fork()
    if child == 0:
        left.close()
        data, anc, _, _ = right.recvmsg(1, socket.CMSG_SPACE(4))
        fd = array.array("i", anc[0][2][:4])[0]
        s = socket.socket(fileno=fd)
        s.send(b"x")
        ends(s)
        hold()
        os._exit(0)
    right.close()
    s = connect(host, port)
    left.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [s.fileno()]))])
    s.close()
    say("child", child)
    os.waitpid(child, 0)

def served(host):
    s = socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET, dualstack_ipv6=host == "::")
    say("port", s.getsockname()[1])
    kept = []
    def accept():
        while True:
            kept.append(s.accept())
    threading.Thread(target=accept, daemon=True).start()
    hold()

def served_by_mptcp(host):
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262)
    s.bind((host, 0))
    s.listen(8)
    say("port", s.getsockname()[1])
    kept = []
    def accept():
        while True:
            kept.append(s.accept())
    threading.Thread(target=accept, daemon=True).start()
    hold()

def listening_by_mptcp(host, port, backlog):
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262)
    s.bind((host, int(port)))
    s.listen(int(backlog))
    say("port", s.getsockname()[1])
    hold()

def connected_by_mptcp(host, port):
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262)
    s.connect((host, int(port)))
    ends(s)
    sys.stdin.readline()
    s.close()
    say("closed", "now")
    hold()

def preforked(host, count):
    s = socket.create_server((host, 0))
    children = []
    for _ in range(int(count)):
        child = os.fork()
        if child == 0:
            while True:
                c, _ = s.accept()
                c.recv(1)
                c.send(b"%d" % os.getpid())
                c.recv(1)
                c.close()
        children.append(child)
    say("port", s.getsockname()[1])
    hold()
    for child in children:
        os.kill(child, 9)

def datagrams(host):
    s = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
    if host == "::":
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    s.bind((host, 0))
    say("port", s.getsockname()[1])
    def answer():
        while True:
            data, who = s.recvfrom(100)
            s.sendto(data, who)
    threading.Thread(target=answer, daemon=True).start()
    hold()

def becoming(host, user):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind((host, 0))
    say("port", s.getsockname()[1])
    sys.stdin.readline()
    os.setuid(int(user))
    data, who = s.recvfrom(100)
    s.sendto(data, who)
    hold()

# Two processes that send in turns by one socket.
def taking_turns(host, turns):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind((host, 0))
    say("port", s.getsockname()[1])
    sys.stdin.readline()
    left, right = socket.socketpair()
    child = os.fork()
    if child == 0:
        for _ in range(int(turns)):
            right.recv(1)
            s.sendto(b"x", (host, 9))
            right.send(b"x")
        os._exit(0)
    for _ in range(int(turns)):
        s.sendto(b"x", (host, 9))
        left.send(b"x")
        left.recv(1)
    say("child", child)
    hold()

# A connection that nobody answers, and after a line the same socket's next one.
def again(host, port):
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.setblocking(False)
    s.connect_ex((host, int(port)))
    time.sleep(3.5)  # SYNs after one second, and after two more
    say("port", port)
    sys.stdin.readline()
    ctypes.CDLL(None).connect(s.fileno(), bytes(16), 16)  # AF_UNSPEC: taken back
    s.connect_ex((host, int(port)))
    time.sleep(1.5)
    say("child", 0)
    hold()

globals()[sys.argv[1]](*sys.argv[2:])
