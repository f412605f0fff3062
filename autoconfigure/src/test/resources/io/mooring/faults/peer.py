"""Echoes what it gets until it is killed. Says "ready" when it is open.

udp PORT [ADDRESS]          a UDP socket, of any address unless one is given
group GROUP PORT ADDRESS    a member of a group on the interface with the address; answers to the group, "echo " in front
tcp PORT [ADDRESS]          accepts, of any address unless one is given
dial PORT ADDRESS...        connects to whichever of the addresses accepts, again and again, also after silence
unix PATH                   accepts
unix-datagram PATH
flood PORT ADDRESS          sends numbered datagrams until a line comes, then says how many
sink PORT                   accepts until a line "end LAST" comes and, within 20 s, the numbered line LAST has arrived; then
                            says of each stream the first, the last and the number of the numbered lines that came

With the environment variable RESET, streams end with RST when it is killed. A line on its input ends them at once.
"""
import os, selectors, socket, struct, sys, threading, time

kind, arguments = sys.argv[1], sys.argv[2:]
selector = selectors.DefaultSelector()


def stream(s):
    s.setblocking(False)
    if "RESET" in os.environ:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    selector.register(s, selectors.EVENT_READ, echo_stream)


def echo_stream(s):
    try:
        data = s.recv(65536)
        s.setblocking(True)
        s.sendall(data)
        s.setblocking(False)
    except OSError:
        data = b""
    if not data:
        selector.unregister(s)
        s.close()
        if kind == "dial":
            dial()


def accept(s):
    stream(s.accept()[0])


def echo_datagram(s):
    try:
        data, sender = s.recvfrom(65536)
        if kind == "group":
            s.sendto(b"echo " + data, (arguments[0], int(arguments[1])))
        elif sender:
            s.sendto(data, sender)
    except OSError:
        pass


def dial():
    while True:
        for address in arguments[1:]:
            try:
                return stream(socket.create_connection((address, int(arguments[0])), 0.2))
            except OSError:
                time.sleep(0.02)


def listen(s, address):
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(address)
    s.listen(100)
    return s


def flood():
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sent = 0
    selector.register(sys.stdin, selectors.EVENT_READ)
    print("ready", flush=True)
    while not selector.select(0.005):
        s.sendto(b"%d" % sent, (arguments[1], int(arguments[0])))
        sent += 1
    print(sent, flush=True)


def sink():
    streams = []

    def collect(s, numbers):
        try:
            for line in s.makefile("r"):
                if line.endswith("\n"):
                    numbers.append(int(line))
        except OSError:
            pass

    def accept(s):
        while True:
            streams.append([])
            threading.Thread(target=collect, args=(s.accept()[0], streams[-1]), daemon=True).start()

    threading.Thread(target=accept, args=(listen(socket.socket(), ("", int(arguments[0]))),), daemon=True).start()
    print("ready", flush=True)
    last = int(sys.stdin.readline().split()[1])
    end = time.monotonic() + 20
    while time.monotonic() < end and not any(numbers and numbers[-1] == last for numbers in streams):
        time.sleep(0.01)
    for numbers in streams:
        if numbers:
            print(numbers[0], numbers[-1], len(numbers))
    print("end", flush=True)


if kind == "flood":
    flood()
    sys.exit()
if kind == "sink":
    sink()
    sys.exit()
if kind.startswith("unix") and os.path.exists(arguments[0]):
    os.remove(arguments[0])
if kind == "udp":
    s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    s.bind(("::ffff:" + arguments[1] if arguments[1:] else "", int(arguments[0])))
    selector.register(s, selectors.EVENT_READ, echo_datagram)
elif kind == "group":
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((arguments[0], int(arguments[1])))
    interface = socket.inet_aton(arguments[2])
    s.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(arguments[0]) + interface)
    s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, interface)
    s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 0)
    selector.register(s, selectors.EVENT_READ, echo_datagram)
elif kind == "tcp":
    selector.register(listen(socket.socket(), ((arguments[1:] or [""])[0], int(arguments[0]))), selectors.EVENT_READ, accept)
elif kind == "unix":
    selector.register(listen(socket.socket(socket.AF_UNIX), arguments[0]), selectors.EVENT_READ, accept)
elif kind == "unix-datagram":
    s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    s.bind(arguments[0])
    selector.register(s, selectors.EVENT_READ, echo_datagram)
elif kind == "dial":
    print("ready", flush=True)
    dial()
if kind != "dial":
    print("ready", flush=True)
while True:
    events = selector.select(0.4 if kind == "dial" else None)
    for key, event in events:
        key.data(key.fileobj)
    if not events:
        for key in list(selector.get_map().values()):
            selector.unregister(key.fileobj)
            key.fileobj.close()
        dial()
