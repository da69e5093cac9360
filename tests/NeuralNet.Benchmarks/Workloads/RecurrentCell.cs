namespace NeuralNet.Benchmarks.Workloads;

/// <summary>The kinds of recurrent layers that are measured.</summary>
internal enum RecurrentCell
{
    /// <summary>Long short-term memory.</summary>
    Lstm,

    /// <summary>A gated recurrent unit.</summary>
    Gru,
}
