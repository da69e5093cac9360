using NeuralNet.LinearAlgebra;

namespace NeuralNet.Tests.Networks;

/// <summary>Sees what a layer receives.</summary>
internal delegate void WatchedPass(ReadOnlyMatrixSpan<float> input);
