"""A pod, the world and a virtual machine, each a network namespace with servers in it; asked by lines of JSON.

    lab.py PREFIX [v6] [vm] [pod2] [no-proxy]

On standard input one request per line, on standard output one answer per line, the first when all is up. All is taken down again when the input ends,
however the other side ended.

pod    eth0 10.10.0.2 fd00:10::2, eth1 10.20.0.1 fd00:20::1 (with vm)
world  10.10.0.1 fd00:10::1; VIPs 203.0.113.10 198.51.100.7 2001:db8::10, name servers 10.96.0.10 9.9.9.9 fd00:96::a
vm     10.20.0.2 fd00:20::2
pod2   10.30.0.2 fd00:30::2, behind the world

A server tells who it is, which address the client meant before any redirection, its own address and the client's as it sees it.
"""
import errno
import ctypes
import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys

PREFIX = sys.argv[1]
V6 = "v6" in sys.argv[2:]
VM = "vm" in sys.argv[2:]
POD2 = "pod2" in sys.argv[2:]
NO_PROXY = "no-proxy" in sys.argv[2:]
PROXY = 1337
SO_ORIGINAL_DST = 80
IP_TRANSPARENT, IPV6_TRANSPARENT = 19, 75
APP_PORTS = [80, 443, 5432, 8080, 8081, 9090] + ([] if NO_PROXY else [15020])
WORLD_PORTS = [80, 443, 5432, 8080, 9090, 15008]
libc = ctypes.CDLL(None, use_errno=True)


def name(role):
    return f"{PREFIX}-{role}"


def roles():
    return ["pod", "world"] + (["vm"] if VM else []) + (["pod2"] if POD2 else [])


def ip(lines, *options):
    subprocess.run(["ip", *options, "-batch", "-"], input="\n".join(lines) + "\n", text=True, check=True, capture_output=True)


def up():
    ip([f"netns add {name(r)}" for r in roles()])
    for role in roles():
        for key in ["ipv4/conf/all/rp_filter", "ipv4/conf/default/rp_filter", "ipv6/conf/default/accept_dad", "ipv6/conf/all/accept_dad",
                    "ipv6/conf/default/accept_ra", "ipv6/conf/default/router_solicitations"]:
            sysctl(role, key, "0")
        for key in ["ipv4/ip_forward", "ipv6/conf/all/forwarding"]:
            sysctl(role, key, "1")
    ip([f"link add eth0 netns {name('pod')} type veth peer name eth0 netns {name('world')}"])
    if VM:
        ip([f"link add eth1 netns {name('pod')} type veth peer name eth0 netns {name('vm')}"])
    if POD2:
        ip([f"link add eth0 netns {name('pod2')} type veth peer name eth1 netns {name('world')}"])

    def addresses(device, *texts):
        return [f"addr add {t} dev {device}" + (" nodad" if ":" in t else "") for t in texts if V6 or ":" not in t]

    def routes(*texts):
        return ["route add " + t for t in texts if V6 or ":" not in t]

    links = ["link set lo up", "link set eth0 up"]
    ip(links + (["link set eth1 up"] if VM else []) + addresses("eth0", "10.10.0.2/24", "fd00:10::2/64")
       + (addresses("eth1", "10.20.0.1/24", "fd00:20::1/64") if VM else [])
       + routes("default via 10.10.0.1", "default via fd00:10::1"), "-n", name("pod"))
    ip(links + (["link set eth1 up"] if POD2 else []) + addresses("eth0", "10.10.0.1/24", "fd00:10::1/64")
       + (addresses("eth1", "10.30.0.1/24", "fd00:30::1/64") if POD2 else [])
       + addresses("lo", "203.0.113.10/32", "198.51.100.7/32", "10.96.0.10/32", "9.9.9.9/32", "2001:db8::10/128", "fd00:96::a/128")
       + routes("10.20.0.0/24 via 10.10.0.2", "fd00:20::/64 via fd00:10::2"), "-n", name("world"))
    if VM:
        ip(links + addresses("eth0", "10.20.0.2/24", "fd00:20::2/64")
           + routes("default via 10.20.0.1", "default via fd00:20::1"), "-n", name("vm"))
    if POD2:
        ip(links + addresses("eth0", "10.30.0.2/24", "fd00:30::2/64")
           + routes("default via 10.30.0.1", "default via fd00:30::1"), "-n", name("pod2"))


def sysctl(role, key, value):
    """In a child, since settings of /proc/sys/net belong to the namespace of who opens the file."""
    pid = os.fork()
    if pid == 0:
        enter(role)
        try:
            with open("/proc/sys/net/" + key, "w") as f:
                f.write(value)
        except OSError:
            pass
        os._exit(0)
    os.waitpid(pid, 0)


def down():
    for role in roles():
        subprocess.run(["ip", "netns", "del", name(role)], capture_output=True)


def enter(role):
    fd = os.open("/run/netns/" + name(role), os.O_RDONLY)
    if libc.setns(fd, 0x40000000) != 0:
        raise OSError(ctypes.get_errno(), "setns")
    os.close(fd)


def text(address):
    host, port = address[0].split("%")[0], address[1]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


# ---- servers


def listen(server, family, port, host=None, kind=socket.SOCK_STREAM, transparent=False):
    s = socket.socket(family, kind)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    if transparent:
        # The socket belongs to whoever opened it; the right to do this belongs to root.
        os.seteuid(0)
        if family == socket.AF_INET:
            s.setsockopt(socket.SOL_IP, IP_TRANSPARENT, 1)
        else:
            s.setsockopt(socket.IPPROTO_IPV6, IPV6_TRANSPARENT, 1)
        os.seteuid(PROXY)
    s.bind((host or ("::" if family == socket.AF_INET6 else "0.0.0.0"), port))
    if kind == socket.SOCK_STREAM:
        s.listen(512)
    return s, server


def families():
    return [socket.AF_INET, socket.AF_INET6] if V6 else [socket.AF_INET]


def apps():
    return [listen("APP", f, p) for f in families() for p in APP_PORTS]


def proxies():
    os.setegid(PROXY)
    os.seteuid(PROXY)
    servers = [listen("OUTBOUND", f, 15001) for f in families()] + [listen("INBOUND", f, 15006, transparent=True) for f in families()]
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        servers += [listen("AGENTDNS", f, 15053, "::1" if f == socket.AF_INET6 else "127.0.0.1", kind) for f in families()]
    os.seteuid(0)
    os.setresgid(PROXY, PROXY, PROXY)
    os.setresuid(PROXY, PROXY, PROXY)
    end_with_parent()
    return servers


def world():
    servers = [listen("REAL", f, p) for f in families() for p in WORLD_PORTS]
    addresses = ["10.96.0.10", "9.9.9.9"] + (["fd00:96::a"] if V6 else [])
    for host in addresses:
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            servers.append(listen("REALDNS", socket.AF_INET6 if ":" in host else socket.AF_INET, 53, host, kind))
    for host in ["203.0.113.10"] + (["2001:db8::10"] if V6 else []):
        servers.append(listen("REALUDP", socket.AF_INET6 if ":" in host else socket.AF_INET, 5000, host, socket.SOCK_DGRAM))
    return servers


def machine():
    return [listen("VM", f, 8080) for f in families()]


def original(connection):
    try:
        if connection.family == socket.AF_INET:
            raw = connection.getsockopt(socket.SOL_IP, SO_ORIGINAL_DST, 16)
            return text((socket.inet_ntop(socket.AF_INET, raw[4:8]), struct.unpack("!H", raw[2:4])[0]))
        raw = connection.getsockopt(socket.IPPROTO_IPV6, SO_ORIGINAL_DST, 28)
        return text((socket.inet_ntop(socket.AF_INET6, raw[8:24]), struct.unpack("!H", raw[2:4])[0]))
    except OSError:
        return ""


def serve(servers):
    """Answers for ever; an answer on connection and one for whatever is sent then."""
    poll = select.epoll()
    listeners = {s.fileno(): (s, who) for s, who in servers}
    open_ones = {}
    for fd in listeners:
        poll.register(fd, select.EPOLLIN)
    while True:
        for fd, _ in poll.poll():
            if fd in listeners:
                s, who = listeners[fd]
                try:
                    if s.type == socket.SOCK_DGRAM:
                        _, peer = s.recvfrom(4096)
                        s.sendto(json.dumps({"who": who, "peer": text(peer), "local": text(s.getsockname())}).encode(), peer)
                        continue
                    connection, peer = s.accept()
                    local = connection.getsockname()
                    if who == "INBOUND" and local[1] != 15006:
                        who = "TPROXY-IN"
                    answer = {"who": who, "originalDestination": original(connection), "local": text(local), "peer": text(peer)}
                    answer = json.dumps(answer).encode() + b"\n"
                    connection.send(answer)
                    open_ones[connection.fileno()] = (connection, answer)
                    poll.register(connection.fileno(), select.EPOLLIN)
                except OSError:
                    pass
            else:
                connection, answer = open_ones[fd]
                try:
                    if connection.recv(4096):
                        connection.send(answer)
                        continue
                except OSError:
                    pass
                poll.unregister(fd)
                del open_ones[fd]
                connection.close()


# ---- clients

kept = {}
children = []
null = os.open(os.devnull, os.O_RDWR)


def call(request):
    """One connection or datagram, by a socket that was opened as the given user and group: that is what the owner match looks at."""
    host, port = request["host"], request["port"]
    kind = socket.SOCK_DGRAM if request.get("proto") == "udp" else socket.SOCK_STREAM
    os.setegid(request.get("gid", 0))
    os.seteuid(request.get("uid", 0))
    s = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, kind)
    os.seteuid(0)
    os.setegid(0)
    try:
        s.settimeout(request.get("timeout", 0.5))
        if request.get("mark"):
            s.setsockopt(socket.SOL_SOCKET, socket.SO_MARK, request["mark"])
        if request.get("source") or request.get("sourcePort"):
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if request.get("transparent"):
                s.setsockopt(socket.SOL_IP, IP_TRANSPARENT, 1)
            s.bind((request.get("source") or ("::" if ":" in host else "0.0.0.0"), request.get("sourcePort", 0)))
        if kind == socket.SOCK_DGRAM:
            s.sendto(b"?", (host, port))
            data, sender = s.recvfrom(4096)
            return {**json.loads(data), "from": text(sender)}
        s.connect((host, port))
        answer = answered(s)
        if request.get("keep"):
            kept[request["keep"]] = s
            s = None
        return answer
    except OSError as e:
        return {"who": failure(e)}
    finally:
        if s:
            s.close()


def answered(s):
    data = s.recv(4096)
    return json.loads(data) if data else {"who": "CLOSED"}


def failure(e):
    if isinstance(e, TimeoutError) or e.errno == errno.ETIMEDOUT:
        return "TIMEOUT"
    return {errno.ECONNREFUSED: "REFUSED", errno.ECONNRESET: "RESET"}.get(e.errno, "UNREACHABLE" if e.errno in
            (errno.ENETUNREACH, errno.EHOSTUNREACH) else f"ERROR {e}")


def again(request):
    """Over a connection that was kept."""
    try:
        s = kept[request["again"]]
        s.settimeout(request.get("timeout", 0.5))
        s.send(b"?")
        return answered(s)
    except OSError as e:
        return {"who": failure(e)}


def clients(channel):
    while True:
        request = json.loads(channel.readline() or "null")
        if request is None:
            return
        channel.write(json.dumps(again(request) if "again" in request else call(request)) + "\n")
        channel.flush()


# ---- all of it


def end_with_parent():
    """Whatever happens to that; a change of the user makes the kernel forget it."""
    libc.prctl(1, signal.SIGKILL)


def child(role, work):
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        end_with_parent()
        ours.close()
        # What the other side waits for must not stay open here.
        for fd in (0, 1, 2):
            os.dup2(null, fd)
        enter(role)
        work(theirs.makefile("rw"))
        os._exit(0)
    children.append(pid)
    theirs.close()
    return ours.makefile("rw")


def server(make):
    def work(channel):
        servers = make()
        channel.write("ready\n")
        channel.flush()
        serve(servers)
    return work


def main():
    try:
        up()
        servers = [child("pod", server(apps)), child("world", server(world))]
        if not NO_PROXY:
            servers.append(child("pod", server(proxies)))
        if POD2:
            servers.append(child("pod2", server(apps)))
        if VM:
            servers.append(child("vm", server(machine)))
        callers = {role: child(role, clients) for role in roles()}
        for channel in servers:
            if not channel.readline():
                raise RuntimeError("a server of the lab did not start")
        print(json.dumps({"who": "ready"}), flush=True)
        for line in sys.stdin:
            request = json.loads(line)
            channel = callers[request["in"]]
            channel.write(json.dumps(request) + "\n")
            channel.flush()
            print(channel.readline().strip(), flush=True)
    finally:
        for pid in children:
            os.kill(pid, signal.SIGKILL)
        down()


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
main()
