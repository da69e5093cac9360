using NeuralNet.Metrics;

namespace NeuralNet.Tests.Metrics;

public sealed class ClassificationReportTests
{
    [Fact]
    public void A_report_is_a_table_with_a_line_per_class()
    {
        ConfusionMatrix matrix = Example();
        new ClassificationReport(matrix, ["cat", "dog", "a bird of prey"]).ToString().Should().Be(
            """
                            precision    recall  f1-score   support

                       cat       0.67      1.00      0.80         2
                       dog       0.00      0.00      0.00         1
            a bird of prey       1.00      0.50      0.67         2

                  accuracy                           0.60         5
                 macro avg       0.56      0.50      0.49         5
              weighted avg       0.67      0.60      0.59         5
            """);
        var numbered = new ClassificationReport(matrix, zeroDivision: 1);
        numbered.Classes.Select(line => line.Name).Should().Equal("0", "1", "2");
        numbered.Classes[2].Should().Be(new ClassReport("2", 1, 0.5, 2 / 3.0, 2));
        numbered.MacroAverage.Support.Should().Be(5);
        matrix.Invoking(m => new ClassificationReport(m, ["cat", "dog"]))
            .Should().Throw<ArgumentException>().WithMessage("*each of 3 classes*2 names*").WithParameterName("names");
        matrix.Invoking(m => new ClassificationReport(m, zeroDivision: 2))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("zeroDivision");
    }

    [Fact]
    public void A_matrix_is_shown_as_a_table()
    {
        Example().ToString(["cat", "dog", "bird"]).Should().Be(
            """
            5 samples of 3 classes, accuracy 0.6; a row is what they are, a column what they were taken for
                   cat  dog bird
             cat     2    0    0
             dog     1    0    0
            bird     0    1    1
            """);
        Example().ToString().Split('\n')[1..].Should().Equal("   0 1 2", "0  2 0 0", "1  1 0 0", "2  0 1 1");
        Example().Invoking(matrix => matrix.ToString(["cat"])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Of_many_classes_the_pairs_most_often_confused_are_shown()
    {
        var matrix = new ConfusionMatrix(21);
        for (int i = 0; i < 20; i++)
        {
            matrix.Add(i, i, weight: 2.5);
            matrix.Add(i, i + 1, weight: i);
        }

        matrix.ToString().Should().Be(
            """
            240 samples of 21 classes, accuracy 0.2083
            19 taken for 20: 19
            18 taken for 19: 18
            17 taken for 18: 17
            16 taken for 17: 16
            15 taken for 16: 15
            """);
    }

    private static ConfusionMatrix Example()
    {
        var matrix = new ConfusionMatrix(3);
        foreach ((int actual, int predicted) in new[] { (0, 0), (0, 0), (1, 0), (2, 2), (2, 1) })
        {
            matrix.Add(actual, predicted);
        }

        return matrix;
    }
}
