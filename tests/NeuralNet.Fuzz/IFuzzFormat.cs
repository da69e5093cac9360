namespace NeuralNet.Fuzz;

/// <summary>
/// A file format whose reader is given damaged files. To add one, implement this and list it in <see cref="Formats"/>.
/// </summary>
internal interface IFuzzFormat
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    /// <summary>Makes a file, mostly a damaged one.</summary>
    byte[] Make(Random random);

    /// <summary>
    /// Reads a file and checks the result. The only exception that a damaged file may cause is an
    /// <see cref="InvalidDataException"/> whose message has the name in it.
    /// </summary>
    void Read(byte[] file, string name, Random random);

    /// <summary>The bytes that may be allocated for a file of a length.</summary>
    long AllocationLimit(int length);
}
