using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Initializers;

/// <summary>
/// A random matrix W, outputs × inputs, whose rows (or columns, if there are fewer columns) are orthogonal to each
/// other and of length g: WWᵀ = g² I or WᵀW = g² I. A square W multiplies the length of every vector by g.
/// </summary>
/// <remarks>
/// <para>Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural
/// networks" (2014). Uniform (Haar) over all such matrices: W = gQ from the QR decomposition of a matrix of normal
/// numbers, with every column of Q multiplied by the sign of R's diagonal, without which the distribution would not be
/// uniform (Mezzadri, "How to generate random matrices from the classical compact groups", 2007). As PyTorch's
/// <c>orthogonal_</c> and Keras's <c>OrthogonalInitializer</c>. It takes min(outputs, inputs)² · max(outputs, inputs)
/// operations, in double.</para>
/// <para>A vector is treated as a matrix of one column, so it gets a random direction.</para>
/// </remarks>
public sealed class Orthogonal : IInitializer
{
    /// <summary>Makes the initializer.</summary>
    /// <param name="gain">g, the length of the rows or columns.</param>
    /// <exception cref="ArgumentOutOfRangeException">The gain is not a finite number above 0.</exception>
    public Orthogonal(double gain = 1)
    {
        Gain = Require.Positive(gain);
    }

    /// <summary>g, the length of the rows or columns.</summary>
    public double Gain { get; }

    /// <inheritdoc/>
    public void Initialize<T>(MatrixSpan<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(random);
        bool isTall = values.Rows >= values.Columns;
        int rows = Math.Max(values.Rows, values.Columns);
        int columns = Math.Min(values.Rows, values.Columns);
        if (columns == 0)
        {
            return;
        }

        double[] normal = new double[values.Values.Length];
        VarianceScaling.Normal<double>(normal, 1.0, 1.0, random);
        QR<double> qr = Matrix<double>.Build.Dense(rows, columns, normal).QR(QRMethod.Thin);
        Matrix<double> q = qr.Q;
        Matrix<double> r = qr.R;
        for (int j = 0; j < columns; j++)
        {
            double factor = double.CopySign(Gain, r[j, j]);
            for (int i = 0; i < rows; i++)
            {
                T value = T.CreateChecked(factor * q[i, j]);
                if (isTall)
                {
                    values[i, j] = value;
                }
                else
                {
                    values[j, i] = value;
                }
            }
        }
    }
}
