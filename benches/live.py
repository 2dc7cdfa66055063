#!/usr/bin/env python3
"""How soon fifty readers are told of a save (target 6): the demonstration, real HTTP.

    PRIMUM=target/release/primum benches/live.py [SAVES]

Fifty streams of five people are open on one draft; a sixth saves it again and again. A reader's
time runs from the moment the save is sent until the event with its number is there; beside it, how
long the save itself took to be answered, which it is once it is on the disk.
"""

import http.client
import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.parse

SAVES = int(sys.argv[1]) if len(sys.argv) > 1 else 40
STREAMS = 10  # of each
READERS = ["ines", "tomas", "aroha", "sofia", "mateo"]
DRAFT = "/drafts/RES-06"


def sign_in(address, who):
    """The cookies of somebody."""
    server = http.client.HTTPConnection(*address)
    server.request("GET", "/demo")
    page = server.getresponse()
    cookies = [value.split(";")[0] for name, value in page.getheaders() if name == "set-cookie"]
    text = page.read().decode()
    account = re.search(rf'name="account" value="({who}[^"]*)"', text).group(1)
    form = {"csrf": hidden(text, "csrf"), "account": account}
    headers = {"Cookie": "; ".join(cookies), "Origin": f"http://{address[0]}:{address[1]}",
               "Content-Type": "application/x-www-form-urlencoded"}
    server.request("POST", "/demo/sign-in", urllib.parse.urlencode(form), headers)
    answer = server.getresponse()
    answer.read()
    cookies += [value.split(";")[0] for name, value in answer.getheaders() if name == "set-cookie"]
    return "; ".join(cookies)


def hidden(text, name):
    return re.search(rf'name="{name}" value="([^"]*)"', text).group(1)


def listen(address, cookie, seen):
    """Opens a stream and notes when it first tells of each revision."""
    stream = socket.create_connection(address)
    stream.sendall(f"GET {DRAFT}/presence HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\n"
                   f"Cookie: {cookie}\r\n\r\n".encode())
    first = stream.recv(4096)
    if not first.startswith(b"HTTP/1.1 200"):
        sys.exit(f"no stream: {first[:200]}")

    def read():
        while part := stream.recv(65536):
            now = time.perf_counter()
            for number in re.findall(rb'"revision":(\d+)', part):
                seen.setdefault(int(number), now)

    threading.Thread(target=read, daemon=True).start()


def main():
    primum = os.environ.get("PRIMUM", "target/release/primum")
    server = subprocess.Popen([primum, "demo", "--listen", "127.0.0.1:0"], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        host, port = re.search(r"http://([0-9.]+):(\d+)", server.stdout.readline()).groups()
        address = (host, int(port))
        streams = []
        for who in READERS:
            cookie = sign_in(address, who)
            for _ in range(STREAMS):
                streams.append({})
                listen(address, cookie, streams[-1])
        cookie = sign_in(address, "pavel")
        own = http.client.HTTPConnection(*address)
        headers = {"Cookie": cookie, "Origin": f"http://{host}:{port}",
                   "Content-Type": "application/x-www-form-urlencoded"}
        told, answered = [], []
        for number in range(SAVES):
            own.request("GET", f"{DRAFT}/edit", headers=headers)
            text = own.getresponse().read().decode()
            base = int(hidden(text, "base"))
            form = {"csrf": hidden(text, "csrf"), "once": hidden(text, "once"), "base": base,
                    "title": "A list of parts", "statement": f"Vendors should list {number} parts.",
                    "rationale": "Because nobody knows.", "for:technology-vendors": "List them.",
                    "summary": f"Change {number}", "intent": "save"}
            time.sleep(0.2)
            began = time.perf_counter()
            own.request("POST", f"{DRAFT}/edit", urllib.parse.urlencode(form), headers)
            answer = own.getresponse()
            answer.read()
            answered.append(time.perf_counter() - began)
            if answer.status != 303:
                sys.exit(f"not saved: {answer.status}")
            time.sleep(0.5)
            late = [seen for seen in streams if base + 1 not in seen]
            if late:
                sys.exit(f"{len(late)} of {len(streams)} were not told of revision {base + 1}")
            told += [seen[base + 1] - began for seen in streams]
        for name, times in [("told", told), ("answered", answered)]:
            times.sort()
            at = lambda share: 1000 * times[min(len(times) - 1, int(share * len(times)))]
            print(f"{name:9} {len(times):5} times  p50 {at(.5):.1f} ms  p99 {at(.99):.1f} ms")
    finally:
        server.terminate()


main()
