#!/bin/sh
# The life of the Debian package in a root of its own: an overlay over this machine's, which is
# thrown away. Called within `unshare -m`, as root: life.sh FOLDER PACKAGE
set -e
folder=$1
mount -t tmpfs tmpfs "$folder" || exit 77
mkdir "$folder/upper" "$folder/work" "$folder/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$folder/upper,workdir=$folder/work" \
  "$folder/root" || exit 77
mount -t proc proc "$folder/root/proc"
cp "$2" "$folder/root/root/agent.deb"
exec chroot "$folder/root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin sh -e -c '
  state=/var/lib/muster-agent
  install="dpkg --force-depends -i /root/agent.deb"
  rm -rf "$state" /etc/muster-agent

  $install
  [ "$(stat -c "%a %U" "$state")" = "700 muster-agent" ]
  [ "$(stat -c "%a %G" /etc/muster-agent)" = "750 muster-agent" ]
  muster-agent version

  echo "the vault" >"$state/agent-vault.json"
  echo "the identity" >"$state/identity.json"
  echo "mine" >/etc/muster-agent/agent.yaml
  $install
  muster-agent version
  grep -q mine /etc/muster-agent/agent.yaml

  dpkg -r muster-agent
  grep -q vault "$state/agent-vault.json"
  dpkg -P muster-agent
  grep -q vault "$state/agent-vault.json"
  grep -q identity "$state/identity.json"
  grep -q mine /etc/muster-agent/agent.yaml
  [ ! -e /usr/lib/muster-agent ]
  [ ! -e /usr/bin/muster-agent ]
  echo "lived"
'
