using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.Onnx.Import.Plans;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>
/// Reads arithmetic. Constants, one for all features or one each, become part of the dense layer or the convolution
/// before, or else a scaling; two values that layers compute are merged.
/// </summary>
internal static class ArithmeticReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static GraphValue Add(OperatorCall<T> call) =>
        call.Values.Count > 1 ? Merge(call, Layers.Merge.Sum) : Scale(call, ScalingStep.Add);

    public static GraphValue Sum(OperatorCall<T> call) => Fold(call, Layers.Merge.Sum, ScalingStep.Add);

    public static GraphValue Mean(OperatorCall<T> call) =>
        call.Node.Inputs.Count == 1 ? call.Result : Merge(call, Layers.Merge.Average);

    public static GraphValue Subtract(OperatorCall<T> call)
    {
        if (call.Values.Count > 1)
        {
            OperatorCall<T> second = call.On(call.Values[1]);
            second.Multiply(-1);
            return JoinReader<T>.Merged(call, Layers.Merge.Sum, call, second);
        }

        if (call.Node.Input(0) == call.Value.Name)
        {
            return Scale(call, ScalingStep.Subtract);
        }

        // c − x = −x + c.
        call.Multiply(-1);
        return Scale(call, ScalingStep.Add);
    }

    public static GraphValue Multiply(OperatorCall<T> call)
    {
        if (call.Values is [{ } first, { } second] && first.Name == second.Name)
        {
            call.Activate(new Square());
            return call.Result;
        }

        return call.Values.Count > 1 ? Merge(call, Layers.Merge.Product) : Scale(call, ScalingStep.Multiply);
    }

    public static GraphValue Divide(OperatorCall<T> call)
    {
        if (call.Values.Count > 1)
        {
            OperatorCall<T> second = call.On(call.Values[1]);
            second.Activate(new Reciprocal());
            return JoinReader<T>.Merged(call, Layers.Merge.Product, call, second);
        }

        if (call.Node.Input(0) == call.Value.Name)
        {
            return Scale(call, ScalingStep.Divide);
        }

        // c / x = 1/x · c.
        call.Activate(new Reciprocal());
        return Scale(call, ScalingStep.Multiply);
    }

    public static GraphValue Maximum(OperatorCall<T> call)
    {
        if (call.Node.Inputs.Count == 1)
        {
            return call.Result;
        }

        return call.Values.Count == 1 ? AtLeast(call) : Merge(call, Layers.Merge.Maximum);
    }

    public static GraphValue Minimum(OperatorCall<T> call)
    {
        if (call.Node.Inputs.Count == 1)
        {
            return call.Result;
        }

        if (call.Values.Count == 1)
        {
            // min(x, c) = −max(−x, −c).
            int other = Other(call);
            (FeatureSet features, double[] values) = call.Broadcast(other);
            call.Multiply(-1);
            Rectify(call, features, [.. values.Select(value => -value)]);
            call.Multiply(-1);
            return call.Result;
        }

        // min(x, y) = −max(−x, −y).
        RequireValues(call);
        OperatorCall<T>[] calls = [.. call.Values.Select(call.On)];
        foreach (OperatorCall<T> one in calls)
        {
            one.Multiply(-1);
        }

        OperatorCall<T> merged = call.On(JoinReader<T>.Merged(call, Layers.Merge.Maximum, calls));
        merged.Multiply(-1);
        return merged.Result;
    }

    public static GraphValue Negate(OperatorCall<T> call)
    {
        call.Multiply(-1);
        return call.Result;
    }

    public static GraphValue Power(OperatorCall<T> call)
    {
        call.RequireFirstInput();
        switch (call.Number(1))
        {
            case 1:
                break;
            case 2:
                call.Activate(new Square());
                break;
            case 0.5:
                call.Activate(new SquareRoot());
                break;
            case -1:
                call.Activate(new Reciprocal());
                break;
            case double exponent:
                throw call.Node.Refuse(FormattableString.Invariant(
                    $"its exponent is {exponent}; 2, 1, 0.5 and −1 can be represented"));
        }

        return call.Result;
    }

    /// <summary>scikit-learn's StandardScaler as skl2onnx writes it: (x − offset)·scale.</summary>
    public static GraphValue Scaler(OperatorCall<T> call)
    {
        call.RequireFlat();
        call.RequireFirstInput();
        ScaleBy(ScalingStep.Subtract, "offset");
        ScaleBy(ScalingStep.Multiply, "scale");
        return call.Result;

        void ScaleBy(ScalingStep step, string name)
        {
            double[] values = call.Node.Floats(name) is { Count: > 0 } floats
                ? [.. floats.Select(value => (double)value)]
                : throw call.Node.Refuse($"it has no '{name}'");
            Apply(call, step, values.Length == 1 ? FeatureSet.Flat : call.Features([1], values.Length), values);
        }
    }

    // Of any number of values and constants.
    private static SampleValue<T> Fold(OperatorCall<T> call, Merge merge, ScalingStep step)
    {
        SampleValue<T> result = call.Values.Count == 1 ? call.Result : Merge(call, merge, takesConstants: true);
        var folded = call.On(result);
        for (int i = 0; i < call.Node.Inputs.Count; i++)
        {
            if (call.Graph.Constant(call.Node.Input(i)) is not null)
            {
                (FeatureSet features, double[] values) = folded.Broadcast(i);
                Apply(folded, step, features, values);
            }
        }

        return folded.Result;
    }

    private static SampleValue<T> Merge(OperatorCall<T> call, Merge merge, bool takesConstants = false)
    {
        if (!takesConstants)
        {
            RequireValues(call);
        }

        return JoinReader<T>.Merged(call, merge, [.. call.Values.Select(call.On)]);
    }

    private static void RequireValues(OperatorCall<T> call)
    {
        if (call.Values.Count != call.Node.Inputs.Count)
        {
            throw call.Node.Refuse("it takes several values and constants at once, which no layer does");
        }
    }

    private static SampleValue<T> AtLeast(OperatorCall<T> call)
    {
        (FeatureSet features, double[] values) = call.Broadcast(Other(call));
        Rectify(call, features, values);
        return call.Result;
    }

    // max(x, c) = max(x − c, 0) + c.
    private static void Rectify(OperatorCall<T> call, FeatureSet features, double[] values)
    {
        Apply(call, ScalingStep.Subtract, features, values);
        call.Activate(new ReLU());
        Apply(call, ScalingStep.Add, features, values);
    }

    private static int Other(OperatorCall<T> call) => call.Node.Inputs.Count == 2
        ? call.Node.Input(0) == call.Value.Name ? 1 : 0
        : throw call.Node.Refuse("it takes more than one constant");

    private static SampleValue<T> Scale(OperatorCall<T> call, ScalingStep step)
    {
        if (call.Node.Inputs.Count != 2)
        {
            throw call.Unknown();
        }

        (FeatureSet features, double[] values) = call.Broadcast(call.Node.Input(0) == call.Value.Name ? 1 : 0);
        Apply(call, step, features, values);
        return call.Result;
    }

    private static void Apply(OperatorCall<T> call, ScalingStep step, FeatureSet features, double[] values)
    {
        double neutral = step is ScalingStep.Add or ScalingStep.Subtract ? 0 : 1;
        if (Array.TrueForAll(values, value => value == neutral))
        {
            return;
        }

        if (call.OpenProduct is not { } product
            || (values.Length > 1 && !(product.Gives(features) && values.Length == product.Outputs)))
        {
            call.Scaling(features).Apply(call.Node, step, values, features);
        }
        else if (step is ScalingStep.Add or ScalingStep.Subtract)
        {
            product.Add(values, step == ScalingStep.Add ? 1 : -1);
        }
        else
        {
            product.Multiply(values, divide: step == ScalingStep.Divide);
        }
    }
}
