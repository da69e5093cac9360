namespace NeuralNet.Kernels;

/// <summary>
/// The numbers 1 to 14 as types: a register tile takes its size as type arguments, so that the JIT compiles each size
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

    /// <summary>9.</summary>
    internal readonly struct Nine : IExtent
    {
        public static int Value => 9;
    }

    /// <summary>10.</summary>
    internal readonly struct Ten : IExtent
    {
        public static int Value => 10;
    }

    /// <summary>11.</summary>
    internal readonly struct Eleven : IExtent
    {
        public static int Value => 11;
    }

    /// <summary>12.</summary>
    internal readonly struct Twelve : IExtent
    {
        public static int Value => 12;
    }

    /// <summary>13.</summary>
    internal readonly struct Thirteen : IExtent
    {
        public static int Value => 13;
    }

    /// <summary>14.</summary>
    internal readonly struct Fourteen : IExtent
    {
        public static int Value => 14;
    }
}
