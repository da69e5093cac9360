namespace NeuralNet.Kernels;

/// <summary>Work that can be done in parts, in any order and on any thread.</summary>
internal interface IParallelJob
{
    /// <summary>Does part <paramref name="part"/>, counted from 0.</summary>
    void Execute(int part);
}
