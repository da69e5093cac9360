#!/usr/bin/env bash
# Writes the images of this folder: each kind of PNG, and beside it the same pixels as plain PGM, as libpng reads them.
# Written with ImageMagick 6.9.11-60 and libpng 1.6.39; neither is needed to build or test.
set -euo pipefail
cd "$(dirname "$0")"
rm -f ./*.png ./*.pgm
ramp=$(mktemp --suffix .pgm)
trap 'rm -f "$ramp"' EXIT
{
  echo 'P2 9 7 255'
  for ((i = 0; i < 63; i++)); do echo $((4 * i)); done
} > "$ramp"

make() { # make NAME OPTIONS...
  local name=$1
  shift
  convert "$ramp" -strip -define png:exclude-chunks=date,time,gAMA,cHRM "$@" "PNG:$name.png"
  convert "$name.png" -background white -flatten -depth 8 -compress none "PGM:$name.pgm"
}

kind() { echo "-define png:color-type=$1 -define png:bit-depth=$2"; }

for interlace in None PNG; do
  # shellcheck disable=SC2046
  {
    make "grey1-$interlace" -threshold 50% -interlace $interlace $(kind 0 1)
    make "grey2-$interlace" +dither -posterize 4 -interlace $interlace $(kind 0 2)
    make "grey4-$interlace" +dither -posterize 16 -interlace $interlace $(kind 0 4)
    make "grey8-$interlace" -interlace $interlace $(kind 0 8)
    make "grey16-$interlace" -interlace $interlace $(kind 0 16)
    make "rgb8-$interlace" -interlace $interlace $(kind 2 8)
    make "rgb16-$interlace" -interlace $interlace $(kind 2 16)
    make "palette2-$interlace" +dither -posterize 4 -interlace $interlace $(kind 3 2)
    make "palette8-$interlace" -interlace $interlace $(kind 3 8)
    make "grey-alpha8-$interlace" -evaluate multiply 0.5 -alpha on -channel A -fx 'i/w' +channel -interlace $interlace $(kind 4 8)
    make "grey-alpha16-$interlace" -evaluate multiply 0.5 -alpha on -channel A -fx 'i/w' +channel -interlace $interlace $(kind 4 16)
    make "rgba8-$interlace" -evaluate multiply 0.5 -alpha on -channel A -fx 'j/h' +channel -interlace $interlace $(kind 6 8)
    make "rgba16-$interlace" -evaluate multiply 0.5 -alpha on -channel A -fx 'j/h' +channel -interlace $interlace $(kind 6 16)
  }
done

for filter in 1 2 3 4; do
  # shellcheck disable=SC2046
  make "filter$filter" -define png:compression-filter=$filter $(kind 2 8)
done
