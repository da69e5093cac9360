"""Writes recurrent_state.json: state_dicts of recurrent PyTorch models as safetensors files (base64), inputs, and outputs.

Run:  /usr/bin/python3 recurrent_state.py        (PyTorch 1.13; takes state_dict.py's writer of safetensors)
An object of cases by name. Each holds "file", "inputs" (6 samples of [t][f], 5 steps of 3 features, as the library has
them), "stepOutputs" (the linear layer at each step: 6 samples of [t][o]), "outputs" (the linear layer of the last step's
outputs: 6 samples of [o]) and "finalOutputs" (the linear layer of the last layer's final states, forward then backward;
the same as "outputs" where there is one direction).
The state_dicts' keys: "lstm.weight_ih_l0", "lstm.weight_hh_l0", "lstm.bias_ih_l0", "lstm.bias_hh_l0", with "_reverse",
and in the second layer "_l1"; "gru..." and "rnn..." likewise; "linear.weight", "linear.bias".
"""
import json
import pathlib

import torch
from torch import nn

from state_dict import randomized, safetensors

torch.set_num_threads(1)


class Recurrent(nn.Module):
    def __init__(self, name, layer, outputs):
        super().__init__()
        self.name = name
        self.add_module(name, layer)
        self.linear = nn.Linear(layer.hidden_size * (2 if layer.bidirectional else 1), outputs)

    def forward(self, x):
        layer = getattr(self, self.name)
        outputs, state = layer(x)
        hidden = state[0] if isinstance(state, tuple) else state
        final = torch.cat(list(hidden[-(2 if layer.bidirectional else 1):]), 1)
        return self.linear(outputs), self.linear(outputs[:, -1]), self.linear(final)


def case(model, inputs, dtype):
    model = randomized(model.double())
    state = {name: tensor.to(dtype) for name, tensor in model.state_dict().items()}
    model.load_state_dict(state)  # The values as rounded, in double.
    with torch.no_grad():
        steps, last, final = model(inputs)
    return {"file": safetensors(state), "inputs": inputs.flatten(1).tolist(), "stepOutputs": steps.flatten(1).tolist(),
            "outputs": last.tolist(), "finalOutputs": final.tolist()}


if __name__ == "__main__":
    torch.manual_seed(24)
    inputs = torch.randn(6, 5, 3, dtype=torch.float64)
    cases = {}
    for dtype in (torch.float64, torch.float32):
        kind = "F64" if dtype == torch.float64 else "F32"
        cases |= {
            f"LSTM, {kind}": case(Recurrent("lstm", nn.LSTM(3, 4, 2, batch_first=True, bidirectional=True), 2), inputs, dtype),
            f"GRU, {kind}": case(Recurrent("gru", nn.GRU(3, 4, batch_first=True), 2), inputs, dtype),
            f"RNN, {kind}": case(Recurrent("rnn", nn.RNN(3, 4, batch_first=True), 2), inputs, dtype),
        }
    cases["GRU without biases, F64"] = case(
        Recurrent("gru", nn.GRU(3, 4, batch_first=True, bias=False), 2), inputs, torch.float64)
    pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(cases, indent=1) + "\n")
