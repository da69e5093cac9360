"""Writes recurrent.json: recurrent layers of PyTorch: their outputs, their gradients, and how they are trained.

Run:  /usr/bin/python3 recurrent.py        (PyTorch 1.13, float64)
Layout: an object of three lists, "gradients", "lengths" and "trajectories". Each case has "name", "kind" ("LSTM", "GRU",
"GRU reset before", "RNN tanh", "RNN relu"), "features", "hidden", "steps", "batch", "layers" and "bidirectional".

All lists are flat. Values of sequences go [n][t][f], one sample after the other: the bytes of a (features x steps) x batch
matrix, column-major. Of a bidirectional layer, each step has the forward direction's units, then the backward one's.
Parameters have PyTorch's names, "weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0", with l1 in the second layer
and the suffix "_reverse" in the backward direction. Matrices are column-major: those of rows = gates * hidden and columns =
features (or hidden, or in l1 of a bidirectional network 2 * hidden) go one column after the other.
The gates lie in PyTorch's order: LSTM input, forget, cell, output; GRU reset, update, new.
States (a row for each layer and direction: l0, l0 backward, l1, l1 backward) go [layer and direction][h] where one vector
is for all samples and [n][layer and direction][h] where each sample has its own.

"gradients": "parameters", "inputs", "outputs" (of the last layer, all steps), "finalHidden" (and of an LSTM "finalCell"),
    "lossOf", "targets", "loss", "parameterGradients", "inputGradients"; where the first state isn't zero "initialHidden"
    (and "initialCell"), the same for all samples, and "initialHiddenGradients" ("initialCellGradients"), summed over them.
    "lossOf": "steps": loss = mean of (outputs - targets)^2 over samples, steps and units; targets [n][t][h].
              "last": loss = mean of (outputs at the last step - targets)^2 over samples and units; targets [n][h].
              "final": as "last", but of the last layer's final states: forward after the last step, backward after the
              first one; only where bidirectional, as it is "last" otherwise.
"lengths": sequences of different lengths: "lengths", the number of steps of each sample, from the first step. Inputs after
    them are random, too, and count for nothing; outputs there are zeros. The backward direction begins at a sequence's own
    last step. "weights" are [n][t][h]. "finalHidden" ("finalCell") are each sequence's own.
    loss = sum of weights * outputs^2 / (batch * steps * hidden * directions), padding counted in the divisor.
"trajectories": recurrent -> "readout" -> Linear(hidden * directions -> 2), mean squared error (over samples and outputs),
    Adam with a rate of 0.01 (0.9, 0.999, 1e-8), 100 steps; step s takes samples 6 (s % 5) to 6 (s % 5) + 5 of 30.
    "inputs" [n][t][f], "targets" [n][2], "initial" and "final" parameters ("recurrent.weight_ih_l0" ..., "linear.weight",
    "linear.bias"), "losses" (before each step's update), "outputs" [n][2] (of all 30 samples, after training).
    "readout": "last": the outputs at the last step (of the backward direction: after one step only);
               "final": the final states, as above.
"""
import json
import pathlib

import torch
from torch import nn

FEATURES, HIDDEN, STEPS, BATCH = 3, 4, 5, 6
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


class GruResetBefore(nn.GRU):
    """The reset gate is applied before the product: Keras' reset_after=False, ONNX's linear_before_reset=0."""

    reset_after = False

    def direction(self, x, h, suffix):
        w_ih, w_hh, b_ih, b_hh = (getattr(self, name + suffix) for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"))
        w_ir, w_iz, w_in = w_ih.chunk(3)
        w_hr, w_hz, w_hn = w_hh.chunk(3)
        b_ir, b_iz, b_in = b_ih.chunk(3)
        b_hr, b_hz, b_hn = b_hh.chunk(3)
        outputs, times = [], range(x.shape[1])
        for t in reversed(times) if suffix.endswith("_reverse") else times:
            r = torch.sigmoid(x[:, t] @ w_ir.t() + b_ir + h @ w_hr.t() + b_hr)
            z = torch.sigmoid(x[:, t] @ w_iz.t() + b_iz + h @ w_hz.t() + b_hz)
            if self.reset_after:
                n = torch.tanh(x[:, t] @ w_in.t() + b_in + r * (h @ w_hn.t() + b_hn))
            else:
                n = torch.tanh(x[:, t] @ w_in.t() + b_in + (r * h) @ w_hn.t() + b_hn)
            h = (1 - z) * n + z * h
            outputs.append(h)
        return torch.stack(outputs[::-1] if suffix.endswith("_reverse") else outputs, 1), h

    def forward(self, x, state=None):
        suffixes = ["", "_reverse"] if self.bidirectional else [""]
        final = []
        for layer in range(self.num_layers):
            outputs = []
            for suffix in suffixes:
                h = x.new_zeros(len(x), self.hidden_size) if state is None else state[len(final)]
                output, h = self.direction(x, h, f"_l{layer}{suffix}")
                outputs.append(output)
                final.append(h)
            x = torch.cat(outputs, 2)
        return x, torch.stack(final)


KINDS = {"LSTM": nn.LSTM, "GRU": nn.GRU, "GRU reset before": GruResetBefore, "RNN tanh": nn.RNN, "RNN relu": nn.RNN}


def rounded(tensor):
    """Few digits, so that the file is small."""
    return torch.tensor([round(value, 4) for value in tensor.reshape(-1).tolist()]).reshape(tensor.shape)


def initialized(module, bound):
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(rounded(torch.empty_like(parameter).uniform_(-bound, bound)))
    return module


def recurrent(kind, layers=1, bidirectional=False):
    options = {"nonlinearity": kind[4:]} if kind.startswith("RNN") else {}
    net = initialized(KINDS[kind](FEATURES, HIDDEN, layers, batch_first=True, bidirectional=bidirectional, **options), 0.8)
    if kind == "RNN relu":  # Most of the units are then at work in some steps and at rest in others.
        with torch.no_grad():
            for name, parameter in net.named_parameters():
                if name.startswith("bias_ih"):
                    parameter.abs_()
    return net


def flat(tensor):
    return tensor.detach().reshape(-1).tolist()


def stored(tensor):  # column-major, as the library stores parameters
    return flat(tensor.t() if tensor.dim() == 2 else tensor)


def head(name, kind, net, steps=STEPS):
    return {"name": name, "kind": kind, "features": FEATURES, "hidden": HIDDEN, "steps": steps, "batch": BATCH,
            "layers": net.num_layers, "bidirectional": net.bidirectional}


def state_fields(kind, state):
    """[layer and direction][n][h] to [n][layer and direction][h]."""
    hidden, cell = state if kind == "LSTM" else (state, None)
    return {"finalHidden": flat(hidden.transpose(0, 1))} | ({} if cell is None else {"finalCell": flat(cell.transpose(0, 1))})


def final(kind, net, state):
    """The final states of the last layer, forward then backward: (batch, directions * hidden)."""
    hidden = state[0] if kind == "LSTM" else state
    return torch.cat(list(hidden[-(2 if net.bidirectional else 1):]), 1)


def parameters(net):
    return {name: stored(p) for name, p in net.named_parameters()}


def gradients(net):
    return {name: stored(p.grad) for name, p in net.named_parameters()}


def gradient_case(name, kind, loss_of, layers=1, bidirectional=False, initial=False):
    torch.manual_seed(27)
    net = recurrent(kind, layers, bidirectional)
    directions = 2 if bidirectional else 1
    x = rounded(torch.randn(BATCH, STEPS, FEATURES)).requires_grad_()
    state, vectors = None, []
    if initial:
        vectors = [rounded(torch.randn(layers * directions, HIDDEN) * 0.7).requires_grad_() for _ in range(2 if kind == "LSTM" else 1)]
        expanded = [v.unsqueeze(1).expand(-1, BATCH, -1) for v in vectors]
        state = tuple(e.contiguous() for e in expanded) if kind == "LSTM" else expanded[0].contiguous()
    outputs, last = net(x, state)
    predicted = {"steps": outputs, "last": outputs[:, -1], "final": final(kind, net, last)}[loss_of]
    targets = rounded(torch.randn(predicted.shape))
    loss = ((predicted - targets) ** 2).mean()
    loss.backward()
    case = head(name, kind, net) | {"parameters": parameters(net)}
    for key, vector in zip(("initialHidden", "initialCell"), vectors):
        case |= {key: flat(vector), key + "Gradients": flat(vector.grad)}
    return case | {"inputs": flat(x), "outputs": flat(outputs)} | state_fields(kind, last) | {
        "lossOf": loss_of, "targets": flat(targets), "loss": loss.item(),
        "parameterGradients": gradients(net), "inputGradients": flat(x.grad)}


def length_case(name, kind, bidirectional):
    torch.manual_seed(22)
    net = recurrent(kind, 1, bidirectional)
    lengths = [5, 3, 1, 4, 2, 5]
    x = rounded(torch.randn(BATCH, STEPS, FEATURES)).requires_grad_()
    packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
    outputs, last = net(packed)
    outputs, _ = nn.utils.rnn.pad_packed_sequence(outputs, batch_first=True, total_length=STEPS)
    weights = rounded(torch.rand(outputs.shape))
    loss = (weights * outputs ** 2).mean()
    loss.backward()
    return head(name, kind, net) | {
        "lengths": lengths, "parameters": parameters(net), "inputs": flat(x), "outputs": flat(outputs)} | state_fields(kind, last) | {
        "weights": flat(weights), "loss": loss.item(), "parameterGradients": gradients(net), "inputGradients": flat(x.grad)}


def trajectory(name, kind, readout, layers=1, bidirectional=False, order=range(BATCH)):
    torch.manual_seed(23)
    net = nn.ModuleDict({
        "recurrent": recurrent(kind, layers, bidirectional),
        "linear": initialized(nn.Linear(HIDDEN * (2 if bidirectional else 1), 2), 0.5)})
    x, targets = rounded(torch.randn(5 * BATCH, STEPS, FEATURES)), rounded(torch.randn(5 * BATCH, 2))

    def predict(x):
        outputs, last = net["recurrent"](x)
        return net["linear"](outputs[:, -1] if readout == "last" else final(kind, net["recurrent"], last))

    initial, losses = parameters(net), []
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    for step in range(100):
        batch = [BATCH * (step % 5) + n for n in order]
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(predict(x[batch]), targets[batch])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return head(name, kind, net["recurrent"]) | {
        "readout": readout, "inputs": flat(x), "targets": flat(targets), "initial": initial, "losses": losses,
        "final": parameters(net), "outputs": flat(predict(x))}


def main():
    kinds = ["LSTM", "GRU", "RNN tanh", "RNN relu"]
    before = "GRU reset before"
    cases = {
        "gradients":
            [gradient_case(f"{kind}, steps", kind, "steps") for kind in kinds + [before]]
            + [gradient_case(f"{kind}, last step", kind, "last") for kind in kinds + [before]]
            + [gradient_case(f"{kind}, bidirectional", kind, "steps", bidirectional=True) for kind in kinds + [before]]
            + [gradient_case(f"{kind}, bidirectional, {of}", kind, of, bidirectional=True)
               for kind in ("LSTM", "GRU") for of in ("last", "final")]
            + [gradient_case(f"{kind}, two layers", kind, "steps", layers=2) for kind in kinds]
            + [gradient_case(f"{kind}, two layers, bidirectional", kind, "steps", 2, True) for kind in ("LSTM", "GRU")]
            + [gradient_case(f"{kind}, initial state", kind, "steps", initial=True) for kind in kinds + [before]]
            + [gradient_case(f"{kind}, two layers, bidirectional, initial state", kind, "steps", 2, True, True)
               for kind in ("LSTM",)],
        "lengths": [length_case(f"{kind}, lengths" + ", bidirectional" * both, kind, both)
                    for kind in ("LSTM", "GRU") for both in (False, True)],
        "trajectories":
            [trajectory(f"{kind}, trained", kind, "last") for kind in ("LSTM", "GRU", "RNN tanh")]
            + [trajectory(f"LSTM, two layers, bidirectional, trained, {of}", "LSTM", of, 2, True) for of in ("last", "final")],
    }
    lines = ",\n".join(f' "{key}": [\n' + ",\n".join("  " + json.dumps(c, separators=(",", ":")) for c in value) + "\n ]"
                       for key, value in cases.items())
    pathlib.Path(__file__).with_suffix(".json").write_text("{\n" + lines + "\n}\n")


if __name__ == "__main__":
    main()
