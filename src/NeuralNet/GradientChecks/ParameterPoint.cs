using NeuralNet.Layers;
using NeuralNet.Randomness;

namespace NeuralNet.GradientChecks;

/// <summary>A copy of the values of parameters, to restore them later.</summary>
internal sealed class ParameterPoint
{
    private readonly IReadOnlyList<Parameter<double>> _parameters;
    private readonly double[][] _values;

    /// <summary>Copies the current values.</summary>
    public ParameterPoint(IReadOnlyList<Parameter<double>> parameters)
    {
        _parameters = parameters;
        _values = [.. parameters.Select(parameter => parameter.Values.ToArray())];
    }

    /// <summary>Restores the values.</summary>
    public void Restore()
    {
        for (int i = 0; i < _values.Length; i++)
        {
            _values[i].CopyTo(_parameters[i].Values);
        }
    }

    /// <summary>
    /// Changes every value of some parameters by a random fraction of itself, or by a random number if it is 0.
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
