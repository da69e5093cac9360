namespace NeuralNet.Soak.Digests;

/// <summary>A line of recorded digests: what trained, its digests, and the instructions that computed them.</summary>
internal sealed record DigestLine(string Instructions, TrainingDigest Digest, string Name)
{
    /// <summary>Reads a file of lines; those that begin with # say something to the reader.</summary>
    /// <exception cref="InvalidDataException">A line is no such line.</exception>
    public static IReadOnlyList<DigestLine> Read(string path) =>
        [.. File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#').Select(line => Parse(line, path))];

    public override string ToString() =>
        $"{Instructions} {Digest.Parameters} {Digest.Predictions} {Digest.Losses} {Name}";

    private static DigestLine Parse(string line, string path) =>
        line.Split(' ', 5) is [string instructions, string parameters, string predictions, string losses, string name]
            ? new(instructions, new(parameters, predictions, losses), name)
            : throw new InvalidDataException(
                $"'{path}' has a line that is not \"instructions parameters predictions losses name\": {line}");
}
