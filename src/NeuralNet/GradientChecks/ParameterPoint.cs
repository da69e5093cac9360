using NeuralNet.Layers;
using NeuralNet.Randomness;

namespace NeuralNet.GradientChecks;

/// <summary>The values of parameters at one time, to be set again later.</summary>
internal sealed class ParameterPoint
{
    private readonly IReadOnlyList<Parameter<double>> _parameters;
    private readonly double[][] _values;

    /// <summary>Takes the values as they are.</summary>
    public ParameterPoint(IReadOnlyList<Parameter<double>> parameters)
    {
        _parameters = parameters;
        _values = [.. parameters.Select(parameter => parameter.Values.ToArray())];
    }

    /// <summary>Sets the values again.</summary>
    public void Restore()
    {
        for (int i = 0; i < _values.Length; i++)
        {
            _values[i].CopyTo(_parameters[i].Values);
        }
    }

    /// <summary>
    /// Moves every value of some parameters by a random part of itself, or by a random number where it is 0.
    /// </summary>
    public static void Move(IReadOnlyList<Parameter<double>> parameters, GradientCheckOptions options)
    {
        RandomStream stream = RandomStream.FromSeed(options.Seed).Derive((long)GradientCheckPurpose.Noise);
        double noise = options.ParameterNoise;
        for (int i = 0; i < parameters.Count; i++)
        {
            Random random = stream.Derive(i).CreateGenerator();
            foreach (ref double value in parameters[i].Values)
            {
                value += noise * ((2 * random.NextDouble()) - 1) * (value == 0 ? 1 : value);
            }
        }
    }
}
