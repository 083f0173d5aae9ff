"""How many seeds a tracker knows of, by scrape: seed_count.py OUR-IP TRACKER-IP:PORT INFOHASH-IN-HEX."""

import http.client
import re
import sys
import urllib.parse

ours, tracker, infohash = sys.argv[1:]
connection = http.client.HTTPConnection(tracker, timeout=20, source_address=(ours, 0))
connection.request("GET", "/scrape?info_hash=" + urllib.parse.quote_from_bytes(bytes.fromhex(infohash), safe=""))
count = re.search(rb"8:completei(\d+)e", connection.getresponse().read())
print(int(count.group(1)) if count else 0)
