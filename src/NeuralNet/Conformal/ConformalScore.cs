namespace NeuralNet.Conformal;

/// <summary>
/// The score by which a class is taken into the set of a sample's labels: the lower, the better it suits the sample.
/// </summary>
public enum ConformalScore
{
    /// <summary>
    /// 1 − p of the class: the set holds the classes whose probability is high enough. The smallest sets on average;
    /// of samples that are like no class the set is empty.
    /// </summary>
    /// <remarks>M. Sadinle, J. Lei and L. Wasserman, "Least ambiguous set-valued classifiers" (2019).</remarks>
    LeastAmbiguous,

    /// <summary>
    /// The probability of all more probable classes and a random share of its own, and 0 for the most probable class:
    /// the set holds the most probable classes until their sum is high enough, so that hard samples get larger sets,
    /// and easy ones are not covered at the cost of the hard. Never empty: of a classifier that is right more often
    /// than was asked for, sets of one label hold more.
    /// </summary>
    /// <remarks>
    /// Y. Romano, M. Sesia and E. Candès, "Classification with valid and adaptive coverage" (2020), where the most
    /// probable class has a random share of its probability as its score, by which the surest samples get empty sets.
    /// The share follows from the probabilities of the sample themselves, so that a sample has the same set everywhere.
    /// </remarks>
    Adaptive,
}
