# A peer that has nothing to do with Mooring: does what it reads from stdin, one command
# a line, and answers each with a line.
import array
import os
import socket
import struct
import sys

SCM_CREDENTIALS = 2


def address(text):
    return "\0" + text[1:] if text.startswith("@") else text


def shown(name):
    if name is None or len(name) == 0:
        return "-"
    if isinstance(name, bytes):
        return "@" + name[1:].decode()
    return name


def descriptors(spec):
    """- | file:PATH | pipe:TEXT | null*N, with commas between."""
    opened = []
    for part in spec.split(",") if spec != "-" else []:
        if part.startswith("file:"):
            opened.append(os.open(part[5:], os.O_RDWR))
        elif part.startswith("read:"):
            opened.append(os.open(part[5:], os.O_RDONLY))
        elif part.startswith("pipe:"):
            reader, writer = os.pipe()
            os.write(writer, part[5:].encode())
            os.close(writer)
            opened.append(reader)
        else:
            opened.extend(os.open("/dev/null", os.O_RDONLY) for _ in range(int(part[5:])))
    return opened


def send(sock, to, payload, fds, credentials):
    opened = descriptors(fds)
    ancillary = []
    if opened:
        ancillary.append((socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", opened)))
    if credentials != "-":
        ids = [int(part) for part in credentials.split(":")]
        ancillary.append((socket.SOL_SOCKET, SCM_CREDENTIALS, struct.pack("=iII", *ids)))
    try:
        sock.sendmsg([bytes.fromhex(payload.strip("."))], ancillary, 0, *([address(to)] if to != "-" else []))
    finally:
        for fd in opened:
            os.close(fd)
    return "sent"


def receive(sock, size, control):
    data, ancillary, flags, sender = sock.recvmsg(size, control)
    contents, credentials = [], "-"
    for level, kind, value in ancillary:
        if kind == socket.SCM_RIGHTS:
            fds = array.array("i")
            fds.frombytes(value[: len(value) - len(value) % fds.itemsize])
            for fd in fds:
                contents.append(os.read(fd, 100).decode())
                os.close(fd)
        elif kind == SCM_CREDENTIALS:
            credentials = ":".join(str(part) for part in struct.unpack("=iII", value[:12]))
    return " ".join(["." + data.hex(), shown(sender), "|" + "|".join(contents), credentials])


def main():
    sock = None
    for line in sys.stdin:
        command, *args = line.rstrip("\n").split(" ")
        try:
            if command == "open":
                sock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
                sock.settimeout(10)
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
                if len(args) > 1:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
                if args[0] == "auto":
                    sock.bind("")
                elif args[0] != "-":
                    sock.bind(address(args[0]))
                answer = shown(sock.getsockname())
            elif command == "close":
                sock.close()
                answer = "closed"
            elif command == "send":
                answer = send(sock, *args)
            elif command == "burst":
                for _ in range(int(args[0])):
                    send(sock, *args[1:])
                answer = "sent"
            elif command == "recv":
                answer = receive(sock, int(args[0]), int(args[1]))
            elif command == "count":
                answer = str(len(os.listdir("/proc/self/fd")))
            else:
                answer = "error unknown command"
        except Exception as ex:
            answer = "error " + repr(ex)
        print(answer, flush=True)


main()
