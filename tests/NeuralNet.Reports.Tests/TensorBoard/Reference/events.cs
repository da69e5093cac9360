#:package TorchSharp@0.107.0
#:package Google.Protobuf@3.25.1
#:property TargetFramework=net10.0
// Serializes events by TensorFlow's own definition of them, of which TorchSharp has the classes: one per line, in base
// 64.
using Google.Protobuf;
using Tensorboard;

const double time = 1_700_000_000.25;
Event[] events =
[
    new() { WallTime = time, FileVersion = "brain.Event:2" },
    Figures(1, ("loss", 0.5f), ("accuracy", 0.875f), ("läng", float.NaN)),
    Figures(300, ("loss", -1e-30f)),
    Figures(5_000_000_000, [.. Enumerable.Range(0, 40).Select(i => ($"a metric of a long name {i}", i / 7f))]),
];
foreach (Event message in events)
{
    Console.WriteLine(Convert.ToBase64String(message.ToByteArray()));
}

static Event Figures(long step, params (string Tag, float Value)[] figures)
{
    var summary = new Summary();
    summary.Value.AddRange(figures.Select(f => new Summary.Types.Value { Tag = f.Tag, SimpleValue = f.Value }));
    return new() { WallTime = time, Step = step, Summary = summary };
}
