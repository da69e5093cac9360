using NeuralNet.Randomness;

namespace NeuralNet.ModelSelection;

/// <summary>A setting to search over: its name, and the values it may have.</summary>
public abstract class Hyperparameter
{
    private protected Hyperparameter(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>The name by which a trial reads its value.</summary>
    public string Name { get; }

    /// <summary>Makes a setting with one of several values, each equally likely.</summary>
    /// <typeparam name="TValue">The type of the values: numbers, texts, activations, …</typeparam>
    /// <param name="name">The name by which a trial reads the value.</param>
    /// <param name="values">The values, at least one.</param>
    /// <returns>The hyperparameter.</returns>
    /// <exception cref="ArgumentException">The name is empty, or there is no value.</exception>
    public static Choice<TValue> Choice<TValue>(string name, params IReadOnlyList<TValue> values) => new(name, values);

    /// <summary>Makes a setting with a number from a range, each equally likely.</summary>
    /// <param name="name">The name by which a trial reads the value, a <see cref="double"/>.</param>
    /// <param name="min">The least value.</param>
    /// <param name="max">The greatest value, above the least.</param>
    /// <returns>The hyperparameter.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not finite, or they are in the wrong order.</exception>
    public static NumericRange Uniform(string name, double min, double max) =>
        new(name, min, max, isLogarithmic: false);

    /// <summary>
    /// A number from a range of which every order of magnitude is as likely as the others, as it suits learning rates
    /// and penalties.
    /// </summary>
    /// <param name="name">The name by which a trial reads the value, a <see cref="double"/>.</param>
    /// <param name="min">The least value, above 0.</param>
    /// <param name="max">The greatest value, above the least.</param>
    /// <returns>The hyperparameter.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A bound is not finite or not above 0, or they are in the wrong order.
    /// </exception>
    public static NumericRange LogUniform(string name, double min, double max) =>
        new(name, min, max, isLogarithmic: true);

    /// <summary>Number of values; null where there are too many to go through.</summary>
    internal abstract int? Count { get; }

    /// <summary>One of the values, by its number.</summary>
    internal abstract object? At(int index);

    /// <summary>A value drawn from a stream.</summary>
    internal abstract object? Draw(RandomStream stream);
}
