"""Writes the trained network as the one file that ships: python -m training.encoder.export --data ../shared/data

Both parts go to ONNX, their matrices to eight bits, the word vectors stay in the blocks of four bits in which they came and are
looked up outside the networks; the vocabulary is pruned. The file is the same for the same weights.
"""

from __future__ import annotations

import argparse
import io
import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from corpus.records import AnnotatedClaim, MiniDocument
from foreshock.coding.encoder.nearest import eight_bits as eight_bits_of
from training.e5_files import TOKENIZER, WEIGHTS, fetch
from training.e5_weights import read_blocks, read_weights
from training.encoder.collate import claim_batch, padded
from training.encoder.epochs import documents
from training.encoder.examples import batches, example_of
from training.encoder.graph import FLOAT, reader_graph, teller_graph
from training.encoder.labels import Labels
from training.encoder.network import Network
from training.encoder.plan import Plan
from training.encoder.prove import prove_graph, prove_vocabulary, prove_weights
from training.encoder.prune import prune, used_by
from training.encoder.texts import corpus_texts, news_texts, treebank_texts

PIECES = 80_000
DAY = (2020, 1, 1, 0, 0, 0)


def trained(folder: Path) -> Network:
    """Return the network that training kept in a folder."""
    kept = torch.load(folder / "network.pt", weights_only=True)
    sizes, tensors = read_weights(fetch() / WEIGHTS)
    network = Network(
        sizes, Labels({name: tuple(some) for name, some in kept["labels"].items()}), shared=kept["shared"], dropout=0.0
    )
    network.load(tensors)
    missing, unknown = network.load_state_dict(kept["state"], strict=False)
    if unknown or set(missing) - {"reader.word.weight"}:
        raise SystemExit(f"{folder}: weights of another network ({missing}, {unknown})")
    return network.eval()


def networks(network: Network) -> dict[str, bytes]:
    """Return both parts as ONNX, their matrices in eight bits."""
    return {"reader.onnx": eight_bits(reader_graph(network)), "teller.onnx": eight_bits(teller_graph(network))}


def eight_bits(model: onnx.ModelProto) -> bytes:
    """Return a graph with its matrices as signed integers of eight bits, a scale for each column."""
    with tempfile.TemporaryDirectory() as scratch:
        small = Path(scratch) / "small.onnx"
        quantize_dynamic(model, small, weight_type=QuantType.QInt8, per_channel=True, extra_options={"DefaultTensorType": FLOAT})
        return small.read_bytes()


def packed(members: dict[str, bytes]) -> bytes:
    """Return members as a ZIP archive without compression and without dates."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, DAY), data)
    return out.getvalue()


def exported(folder: Path, data: Path, *, pieces: int = PIECES) -> bytes:
    """Return the file of the network in a folder."""
    network = trained(folder)
    source = fetch()
    whole = json.loads((source / TOKENIZER).read_text(encoding="utf-8"))
    tokenizer = Tokenizer.from_file(str(source / TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    used = used_by(tokenizer, corpus_texts()) | used_by(tokenizer, treebank_texts(data)) | set(tokenizer.encode("query:").ids)
    pruned = prune(whole, used, pieces=pieces)
    smaller = json.dumps(pruned.tokenizer, ensure_ascii=False, separators=(",", ":"))
    proofs = {
        "weights": round(prove_weights(), 5),
        "graph": round(prove_graph(network), 6),
        "unknown": prove_vocabulary(
            Tokenizer.from_str(smaller),
            {"the corpus": corpus_texts(), "the treebanks": treebank_texts(data), "the news": news_texts(data)},
        ),
    }
    print(json.dumps(proofs))
    table = _npy(read_blocks(source / WEIGHTS, "emb.word")[pruned.rows])
    facts = {
        "heads": network.labels.heads,
        "roles": network.labels.roles,
        "shared": network.shared,
        "hidden": network.sizes.hidden,
    }
    vectors, rows = learnt(network, tokenizer)
    return packed(
        {
            "model.json": json.dumps(facts, indent=1).encode(),
            "tokenizer.json": smaller.encode(),
            "words.npy": table,
            **networks(network),
            "examples.npy": _npy(eight_bits_of(vectors)),
            "examples.jsonl": "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode(),
        }
    )


def learnt(network: Network, tokenizer: Tokenizer) -> tuple[np.ndarray, list[dict[str, Any]]]:
    """Return the vectors (claims, hidden) of the claims that the network learnt from, and what each was annotated as."""
    texts, _ = documents(Plan())
    vectors, rows = [], []
    examples = [example_of(one, tokenizer, network.labels) for one in texts]
    for batch in batches(examples, pieces=4000):
        claims = claim_batch(batch, max(len(one.ids) for one in batch), network.labels)
        if claims is None:
            continue
        ids, mask = padded(batch)
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            hidden, _ = network.reader(ids, mask)
            vectors.append(network.teller.told(hidden[claims.rows], mask[claims.rows], claims.trigger)[2].float().numpy())
        rows.extend(_row(claim, one.document) for one in batch for claim in one.document.claims)
    return np.concatenate(vectors), rows


def _row(claim: AnnotatedClaim, document: MiniDocument) -> dict[str, Any]:
    start, end = claim.around("c") or (0, len(document.text))
    return {
        "document": document.id,
        "language": document.language,
        "text": document.text[start:end],
        "kind": claim.kind,
        "mode": claim.mode,
        "status": claim.status,
    }


def _npy(array: np.ndarray) -> bytes:
    out = io.BytesIO()
    np.save(out, array)
    return out.getvalue()


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(prog="python -m training.encoder.export", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--network", type=Path, default=Path("build/encoder"))
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("build/encoder/encoder.zip"))
    given = parser.parse_args()
    made = exported(given.network, given.data)
    given.out.write_bytes(made)
    print(f"{given.out}: {len(made):,} bytes")


if __name__ == "__main__":
    main()
