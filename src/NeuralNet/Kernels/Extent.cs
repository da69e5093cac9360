namespace NeuralNet.Kernels;

/// <summary>
/// The numbers 1 to 8 as types: a register tile has its size as type arguments, so that the JIT compiles each size
/// separately and keeps exactly the accumulators that size needs.
/// </summary>
internal static class Extent
{
    /// <summary>A number that is known when a method is compiled.</summary>
    internal interface IExtent
    {
        /// <summary>The number.</summary>
        static abstract int Value { get; }
    }

    internal readonly struct One : IExtent
    {
        public static int Value => 1;
    }

    internal readonly struct Two : IExtent
    {
        public static int Value => 2;
    }

    internal readonly struct Three : IExtent
    {
        public static int Value => 3;
    }

    internal readonly struct Four : IExtent
    {
        public static int Value => 4;
    }

    internal readonly struct Five : IExtent
    {
        public static int Value => 5;
    }

    internal readonly struct Six : IExtent
    {
        public static int Value => 6;
    }

    internal readonly struct Seven : IExtent
    {
        public static int Value => 7;
    }

    internal readonly struct Eight : IExtent
    {
        public static int Value => 8;
    }
}
