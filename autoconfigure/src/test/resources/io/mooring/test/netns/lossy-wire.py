"""Joins two network namespaces by a wire that loses, delays and repeats packets.

Started in one of them with the names of its interface, of the other's and of the other namespace. Says "ready", then
takes lines such as "loss 30" (percent), "delay 200" (milliseconds) and "duplicate 10" (percent), for both directions.

Loss is exact: with 30 percent, 3 of every 10 packets of a direction are lost, at random places. Were each packet lost by
a chance of its own, any number in a row might be, and TCP, which doubles its timeout with each, would now and then do
nothing for minutes.
"""
import ctypes, fcntl, heapq, math, os, random, select, struct, sys, time

TUNSETIFF, IFF_TAP, IFF_NO_PI, CLONE_NEWNET = 0x400454CA, 2, 0x1000, 0x40000000


def tap(name):
    tap = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TAP | IFF_NO_PI))
    return tap


def enter(namespace):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(os.open("/var/run/netns/" + namespace, os.O_RDONLY), CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns")


def is_lost(source):
    if not fates[source]:
        size = 100 // math.gcd(setting["loss"], 100)
        lost = size * setting["loss"] // 100
        fates[source] = chance.sample([True] * lost + [False] * (size - lost), size)
    return fates[source].pop()


here = tap(sys.argv[1])
enter(sys.argv[3])
there = tap(sys.argv[2])
other = {here: there, there: here}
setting = {"loss": 0, "delay": 0, "duplicate": 0}
fates = {here: [], there: []}
chance = random.Random(4)
waiting = []
number = 0
print("ready", flush=True)
while True:
    patience = max(0, waiting[0][0] - time.monotonic()) if waiting else None
    for ready in select.select([here, there, 0], [], [], patience)[0]:
        if ready == 0:
            line = sys.stdin.readline()
            if not line:
                sys.exit()
            setting[line.split()[0]] = int(line.split()[1])
            fates = {here: [], there: []}
            print("done", flush=True)
            continue
        packet = os.read(ready, 65536)
        for copy in range(1 + (chance.random() * 100 < setting["duplicate"])):
            if not is_lost(ready):
                number += 1
                heapq.heappush(waiting, (time.monotonic() + setting["delay"] / 1000, number, other[ready], packet))
    while waiting and waiting[0][0] <= time.monotonic():
        try:
            os.write(waiting[0][2], waiting[0][3])
        except OSError:
            pass
        heapq.heappop(waiting)
