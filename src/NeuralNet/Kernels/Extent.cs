namespace NeuralNet.Kernels;

/// <summary>
/// The numbers 1 to 8 as types: a register tile takes its size as type arguments, so that the JIT compiles each size
/// separately, with exactly the accumulators that the size needs.
/// </summary>
internal static class Extent
{
    /// <summary>A number that is known when a method is compiled.</summary>
    internal interface IExtent
    {
        /// <summary>The number.</summary>
        static abstract int Value { get; }
    }

    /// <summary>1.</summary>
    internal readonly struct One : IExtent
    {
        public static int Value => 1;
    }

    /// <summary>2.</summary>
    internal readonly struct Two : IExtent
    {
        public static int Value => 2;
    }

    /// <summary>3.</summary>
    internal readonly struct Three : IExtent
    {
        public static int Value => 3;
    }

    /// <summary>4.</summary>
    internal readonly struct Four : IExtent
    {
        public static int Value => 4;
    }

    /// <summary>5.</summary>
    internal readonly struct Five : IExtent
    {
        public static int Value => 5;
    }

    /// <summary>6.</summary>
    internal readonly struct Six : IExtent
    {
        public static int Value => 6;
    }

    /// <summary>7.</summary>
    internal readonly struct Seven : IExtent
    {
        public static int Value => 7;
    }

    /// <summary>8.</summary>
    internal readonly struct Eight : IExtent
    {
        public static int Value => 8;
    }
}
