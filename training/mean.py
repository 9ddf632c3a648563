"""The mean of several checkpoints of one line of training, which reads better than the last of them alone.

usage: mean.py OUT.pt CHECKPOINT CHECKPOINT …

All weigh the same; labels, tokenizer and figures are those of the last. The networks must be of one shape.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    args = parser.parse_args()
    states = [torch.load(path, weights_only=False) for path in args.checkpoints]
    models = [state["model"] for state in states]
    if any(model.keys() != models[0].keys() for model in models):
        raise SystemExit("the checkpoints are not of one shape")
    last = states[-1]
    last["model"] = {
        name: torch.stack([model[name].float() for model in models]).mean(0).to(value.dtype)
        for name, value in last["model"].items()
    }
    torch.save(last, args.out)


if __name__ == "__main__":
    main()
