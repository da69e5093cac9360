using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Layers;
using NeuralNet.Networks;
using NeuralNet.Soak.Digests;

namespace NeuralNet.Tests.Serialization;

/// <summary>A file that an older version wrote, and what that version computed from it: see TestData/v1.</summary>
internal sealed class OldFile
{
    // Where no bits are recorded for a processor, its predictions are held to those of this one, but for rounding.
    private const string Reference = "x64-512-fma";

    private readonly string _file;
    private readonly JsonNode _json;

    /// <summary>Opens one of the folder TestData/v1.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="extension">The extension of the file; of what was computed from it, it is json.</param>
    public OldFile(string name, string extension = "safetensors")
    {
        _file = $"{name}.{extension}";
        using Stream json = Resource($"{name}.json");
        _json = JsonNode.Parse(json)!;
    }

    /// <summary>How many steps a checkpoint was written after.</summary>
    public long Steps => _json["steps"]!.GetValue<long>();

    /// <summary>The labels predicted by a pipeline.</summary>
    public IEnumerable<string> Labels => _json["labels"]!.AsArray().Select(label => label!.GetValue<string>());

    /// <summary>The end of the resumed run on this processor; null if none is recorded.</summary>
    public JsonNode? End => _json["ends"]![Instructions.Name];

    /// <summary>The digests of that end, on this processor; null if none are recorded.</summary>
    public TrainingDigest? EndDigest =>
        (_json["recomputed"]?["ends"]![Instructions.Name] ?? End) is { } end
            ? new(
                end["parameters"]!.GetValue<string>(),
                end["predictions"]!.GetValue<string>(),
                end["losses"]!.GetValue<string>())
            : null;

    /// <summary>The bytes of the file.</summary>
    public Stream Open() => Resource(_file);

    /// <summary>Writes the file into a folder, for what reads no stream.</summary>
    public string CopyTo(string folder)
    {
        string path = Path.Combine(folder, _file);
        using Stream from = Open();
        using FileStream to = File.Create(path);
        from.CopyTo(to);
        return path;
    }

    /// <summary>The samples that the old version predicted.</summary>
    public Matrix<T> Inputs<T>(int rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] values = Numbers<T>(_json["inputs"]!);
        return Matrix<T>.Build.Dense(rows, values.Length / rows, values);
    }

    /// <summary>Fails unless the network has the parameters, to the bit, and no others.</summary>
    public void ShouldHoldTheParametersOf<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        JsonObject expected = _json["parameters"]!.AsObject();
        network.Parameters.Select(parameter => parameter.Name).Should().Equal(expected.Select(entry => entry.Key));
        foreach (Parameter<T> parameter in network.Parameters)
        {
            Bits<T>(parameter.Values).Should().Equal(Bits<T>(Numbers<T>(expected[parameter.Name]!)), parameter.Name);
        }
    }

    /// <summary>
    /// Fails unless the predictions are those of the old version on this processor, to the bit: or, where a later
    /// version rounds less, those to the bit, and those of the old version but for rounding.
    /// </summary>
    public void ShouldPredict<T>(Matrix<T> predictions)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] found = predictions.ToColumnMajorArray();
        JsonNode old = _json["predictions"]!;
        JsonNode? recomputed = _json["recomputed"]?["predictions"];
        if ((recomputed ?? old)[Instructions.Name] is { } recorded)
        {
            Bits<T>(found).Should().Equal(Bits<T>(Numbers<T>(recorded)));
        }

        if (recomputed is not null && old[Instructions.Name] is { } rounded)
        {
            ShouldBeNear(Numbers<T>(rounded), typeof(T) == typeof(float) ? 1e-6 : 1e-14);
        }

        ShouldBeNear(Numbers<T>(old[Reference]!), typeof(T) == typeof(float) ? 1e-4 : 1e-12);

        void ShouldBeNear(T[] expected, double share)
        {
            T tolerance = T.CreateChecked(share);
            found.Should().Equal(expected, (a, b) => T.Abs(a - b) <= tolerance * T.Max(T.One, T.Abs(b)));
        }
    }

    private static Stream Resource(string file) =>
        typeof(OldFile).Assembly.GetManifestResourceStream($"v1/{file}") ?? throw new FileNotFoundException(file);

    private static T[] Numbers<T>(JsonNode bits)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        [.. bits.GetValue<string>().Split(' ')
            .Select(digits => ulong.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture))
            .Select(number => typeof(T) == typeof(float)
                ? T.CreateChecked(BitConverter.UInt32BitsToSingle((uint)number))
                : T.CreateChecked(BitConverter.UInt64BitsToDouble(number)))];

    // Of numbers whose bits differ, some are equal: 0 and −0.
    private static long[] Bits<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var bits = new long[values.Length];
        for (int i = 0; i < bits.Length; i++)
        {
            bits[i] = BitConverter.DoubleToInt64Bits(double.CreateChecked(values[i]));
        }

        return bits;
    }
}
