using System.Numerics;
using NeuralNet.Networks;

namespace NeuralNet.CodeGeneration;

/// <summary>Writes networks as C# source: a model that is part of a program and has no dependencies.</summary>
public static class CSharpSource
{
    /// <summary>
    /// Writes the network as one C# file: a static class that holds the parameters and has
    /// <c>Predict(ReadOnlySpan&lt;T&gt; input, Span&lt;T&gt; output)</c> for one sample.
    /// </summary>
    /// <remarks>
    /// <para>The file uses the base class library alone and compiles as C# 8 and later, for .NET Standard 2.1 and
    /// every later .NET; for .NET Standard 2.0 and .NET Framework, it needs the package System.Memory. Its predictions
    /// equal the network's, up to rounding: batch normalization uses running statistics, and dropout does nothing.
    /// Several threads may predict at once; a prediction allocates nothing after the first. The same network gives the
    /// same text.</para>
    /// <para>The parameters are one string in base64, decoded when the class is first used: the compiler reads one
    /// token, while an array would have an expression for each number. An assembly holds at most 16 MB of strings, so
    /// the model may have about 1.5 million parameters in float, half as many in double.</para>
    /// </remarks>
    /// <typeparam name="T">float or double; the class computes in the same type.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="options">The name and visibility of the class; the defaults if null.</param>
    /// <returns>The text of the file; lines end in a line feed.</returns>
    /// <exception cref="ArgumentException">
    /// The namespace or the class has a name that C# does not allow there.
    /// </exception>
    /// <exception cref="NotSupportedException">
    /// A layer or an activation is not one of the library's, or there are too many parameters for a string, or a
    /// prediction needs more memory than one array holds.
    /// </exception>
    public static string ToCSharpSource<T>(this Network<T> network, CSharpSourceOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        options ??= new();
        SourceName.RequireNamespace(options.Namespace, nameof(options));
        SourceName.RequireClass(options.ClassName, nameof(options));

        var parameters = new ParameterText<T>();
        var methods = new MethodSet();
        var steps = new StepWriter<T>(parameters, methods);
        steps.Write(network);
        return ClassWriter.Write(network, options, steps, parameters, methods);
    }
}
