using System.Numerics;
using NeuralNet.Guards;

namespace NeuralNet.Data;

/// <summary>Computes weights with which rare classes count as much as frequent ones.</summary>
public static class ClassWeights
{
    /// <summary>
    /// Computes a weight per class, n / (classes · n of the class): all classes then have the same total weight, and a
    /// sample has the weight 1 on average.
    /// </summary>
    /// <remarks>
    /// As scikit-learn's <c>class_weight="balanced"</c> (King and Zeng, "Logistic regression in rare events data",
    /// 2001).
    /// </remarks>
    /// <param name="labels">The class of each sample, from 0 to <paramref name="classes"/> − 1.</param>
    /// <param name="classes">Number of classes.</param>
    /// <returns>The weight of each class.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range, or there are no classes.</exception>
    /// <exception cref="ArgumentException">A class has no sample.</exception>
    public static double[] Balanced(ReadOnlySpan<int> labels, int classes)
    {
        Require.AtLeast(classes, 1);
        double[] weights = new double[classes];
        for (int i = 0; i < labels.Length; i++)
        {
            OneHot.RequireLabel(labels[i], i, classes, nameof(labels));
            weights[labels[i]]++;
        }

        for (int i = 0; i < classes; i++)
        {
            if (weights[i] == 0)
            {
                throw new ArgumentException(
                    $"Class {i} of {classes} has no sample among the {labels.Length}, so no weight balances it.",
                    nameof(labels));
            }

            weights[i] = labels.Length / (classes * weights[i]);
        }

        return weights;
    }

    /// <summary>Returns the weight of each sample: that of its class.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="classWeights">The weight of each class, such as that of <see cref="Balanced"/>.</param>
    /// <returns>A weight per sample, as <see cref="DataSet{T}.WithWeights"/> takes them.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range.</exception>
    public static T[] OfSamples<T>(ReadOnlySpan<int> labels, ReadOnlySpan<double> classWeights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] weights = new T[labels.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            OneHot.RequireLabel(labels[i], i, classWeights.Length, nameof(labels));
            weights[i] = T.CreateTruncating(classWeights[labels[i]]);
        }

        return weights;
    }
}
