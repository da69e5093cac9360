using System.Runtime.Intrinsics;

namespace NeuralNet.Samples.Playground.Benchmarks;

/// <summary>A plain loop for each product, by which the library is measured.</summary>
internal static unsafe class PlainLoops
{
    /// <summary>y += W·x, a column of W after the other.</summary>
    public static void MultiplyVector(float* w, float* x, float* y, int outputs, int inputs)
    {
        for (int d = 0; d < inputs; d++)
        {
            Vector128<float> factor = Vector128.Create(x[d]);
            int i = 0;
            for (; i <= outputs - 4; i += 4)
            {
                ((Vector128.Load(w + i) * factor) + Vector128.Load(y + i)).Store(y + i);
            }

            for (; i < outputs; i++)
            {
                y[i] += w[i] * x[d];
            }

            w += outputs;
        }
    }

    /// <summary>C += A·B, a column of C after the other.</summary>
    public static void Multiply(float* a, float* b, float* c, int rows, int depth, int columns)
    {
        for (int j = 0; j < columns; j++)
        {
            MultiplyVector(a, b + (j * depth), c + (j * rows), rows, depth);
        }
    }
}
