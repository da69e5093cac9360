using System.Numerics;
using NeuralNet.Networks;

namespace NeuralNet.CodeGeneration;

/// <summary>Writes networks as C# source: a model that is part of a program and depends on nothing.</summary>
public static class CSharpSource
{
    /// <summary>
    /// The network as one C# file: a static class that holds the parameters and has
    /// <c>Predict(ReadOnlySpan&lt;T&gt; input, Span&lt;T&gt; output)</c> for one sample.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The file uses the base class library alone and compiles as C# 8 and later, for .NET Standard 2.1 and every .NET
    /// since. It predicts as the network does, up to rounding: running statistics normalize, nothing is dropped out.
    /// Threads may predict at once; a prediction allocates nothing once warm. The same network gives the same text.
    /// </para>
    /// <para>
    /// The parameters are one string in base64, decoded when the class is first used: to the compiler a single word,
    /// where an array of numbers would be an expression for each. An assembly holds at most 16 MB of strings, so that
    /// the model may have some 1.5 million parameters in float, half of it in double.
    /// </para>
    /// </remarks>
    /// <typeparam name="T">float or double; the class calculates in the same.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="options">How the class is called; the defaults if null.</param>
    /// <returns>The text of the file; its lines end in a line feed.</returns>
    /// <exception cref="ArgumentException">
    /// The namespace or the class has a name that C# does not allow there.
    /// </exception>
    /// <exception cref="NotSupportedException">
    /// A layer or an activation is none of the library's, or the parameters are too many for a string.
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
