"""A peer of one torrent, by libtorrent: libtorrent_peer.py IP:PORT TORRENT-OR-MAGNET FOLDER; until it is killed."""

import sys

import libtorrent

address, what, folder = sys.argv[1:]
category = libtorrent.alert.category_t
session = libtorrent.session({
    "listen_interfaces": address,
    "outgoing_interfaces": address.rpartition(":")[0],
    "enable_dht": False,
    "enable_lsd": False,
    "enable_upnp": False,
    "enable_natpmp": False,
    "enable_outgoing_utp": False,
    "enable_incoming_utp": False,
    "alert_mask": category.error_notification | category.status_notification
                  | category.tracker_notification | category.connect_notification,
})
if what.startswith("magnet:"):
    torrent = libtorrent.parse_magnet_uri(what)
else:
    torrent = libtorrent.add_torrent_params()
    torrent.ti = libtorrent.torrent_info(what)
torrent.save_path = folder
session.add_torrent(torrent)
while True:
    session.wait_for_alert(1000)
    for alert in session.pop_alerts():
        print(alert.message(), flush=True)
