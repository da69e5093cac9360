using System.Numerics;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Tests.Kernels;

/// <summary>
/// The products of a convolution against naive loops in double. CI runs these tests at every vector width, by
/// switching the wider instructions off.
/// </summary>
public sealed class ConvolutionProductTests
{
    private const int Guard = 5;

    /// <summary>
    /// Height, width, channels, kernel, stride, dilation, padding before and after, filters, groups, samples.
    /// </summary>
    private static readonly int[][] _cases =
    [
        [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1],
        [5, 7, 1, 3, 3, 1, 1, 1, 1, 1, 0, 0, 0, 0, 6, 1, 3],
        [8, 8, 3, 5, 3, 1, 1, 1, 1, 1, 2, 2, 1, 1, 17, 1, 2],
        [6, 9, 4, 2, 3, 2, 3, 1, 1, 1, 1, 0, 2, 1, 5, 1, 4],
        [9, 9, 2, 3, 3, 2, 2, 2, 2, 1, 2, 2, 2, 2, 34, 1, 3],
        [7, 6, 6, 3, 2, 1, 1, 2, 1, 1, 3, 4, 0, 0, 9, 3, 2],
        [10, 10, 5, 1, 1, 3, 3, 1, 1, 1, 0, 0, 0, 0, 20, 5, 3],
        [4, 4, 8, 4, 4, 1, 1, 1, 1, 1, 3, 3, 3, 3, 70, 1, 9],
        [16, 1, 7, 5, 1, 1, 1, 2, 1, 1, 4, 4, 0, 0, 65, 1, 3],
        [12, 12, 48, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 24, 2, 2],
        [28, 27, 1, 5, 5, 1, 1, 1, 1, 1, 0, 0, 0, 0, 6, 1, 2],
        [3, 3, 40, 3, 3, 3, 3, 1, 1, 1, 6, 6, 6, 6, 130, 1, 2],
        [11, 13, 3, 2, 2, 5, 4, 1, 1, 1, 0, 0, 0, 0, 4, 1, 2],
        [6, 6, 4, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 4, 4, 40],
        [5, 5, 1, 1, 1, 7, 7, 1, 1, 1, 0, 0, 0, 0, 2, 1, 2],
        [40, 40, 2, 2, 2, 1, 1, 1, 1, 1, 0, 0, 0, 0, 3, 1, 24],
        [28, 28, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 20, 1, 2],
        [64, 1, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 40, 1, 130],
    ];

    public static TheoryData<int> Cases { get; } = new(Enumerable.Range(0, _cases.Length));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_product_is_that_of_naive_loops(int index)
    {
        new Operands<float>(_cases[index]).CheckValues();
        new Operands<double>(_cases[index]).CheckValues();
    }

    [Fact]
    public void Random_geometries_have_the_products_of_naive_loops()
    {
        var random = new Random(1);
        for (int i = 0; i < 150; i++)
        {
            int groups = random.Next(1, 4);
            int[] sizes =
            [
                random.Next(1, 12), random.Next(1, 12), groups * random.Next(1, 5), random.Next(1, 5),
                random.Next(1, 5), random.Next(1, 4), random.Next(1, 4), random.Next(1, 3), random.Next(1, 3), 1,
                random.Next(6), random.Next(6), random.Next(6), random.Next(6), groups * random.Next(1, 24), groups,
                random.Next(1, 6),
            ];
            if (Operands<float>.Axis(sizes, 0).Windows > 0 && Operands<float>.Axis(sizes, 1).Windows > 0)
            {
                new Operands<float>(sizes).CheckValues();
                new Operands<double>(sizes).CheckValues();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_number_of_threads_changes_no_bit(int index)
    {
        new Operands<float>(_cases[index]).CheckThreads();
        new Operands<double>(_cases[index]).CheckThreads();
    }

    private sealed class Operands<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly ConvolutionGeometry _geometry;
        private readonly string _text;
        private readonly int _samples;
        private readonly T[] _weights;
        private readonly T[] _biases;
        private readonly T[] _input;
        private readonly T[] _delta;

        public Operands(int[] s)
        {
            _text = typeof(T).Name + " " + string.Join(", ", s);
            _geometry = new(Axis(s, 0), Axis(s, 1), channels: s[2], filters: s[14], groups: s[15]);
            _samples = s[16];
            var random = new Random(s.Sum());
            _weights = Draw(_geometry.Filters * _geometry.PatchLength, random);
            _biases = Draw(_geometry.Filters, random);
            _input = Draw(_samples * (int)_geometry.Input.ImageSize, random);
            _delta = Draw(_samples * (int)_geometry.Output.ImageSize, random);
        }

        private delegate void Product(MatrixSpan<T> result, ForkJoin team);

        public static WindowAxis Axis(int[] s, int axis) =>
            new(s[axis], s[3 + axis], s[5 + axis], s[7 + axis], s[10 + (2 * axis)], s[11 + (2 * axis)]);

        public void CheckValues()
        {
            foreach ((string name, T[] actual, Sum[] expected) in Results(ForkJoin.Alone, Naive()))
            {
                for (int i = 0; i < expected.Length; i++)
                {
                    // One rounding per product and per sum, half an ε each; twice that leaves room for the reference.
                    double epsilon = double.CreateChecked(T.BitIncrement(T.One) - T.One);
                    double bound = 2 * (expected[i].Terms + 1) * epsilon * expected[i].Magnitude;
                    double error = Math.Abs(double.CreateChecked(actual[i]) - expected[i].Value);
                    if (!(error <= bound))
                    {
                        Assert.Fail($"{_text}: {name} {i} is {actual[i]}, not {expected[i].Value}.");
                    }
                }
            }
        }

        public void CheckThreads()
        {
            var alone = Results(ForkJoin.Alone, Naive());
            foreach (int threads in new[] { 2, 3, 8 })
            {
                var team = Results(new ForkJoin(threads, productsWorthAPart: 1), Naive());
                for (int i = 0; i < alone.Length; i++)
                {
                    team[i].Actual.AsSpan().SequenceEqual(alone[i].Actual)
                        .Should().BeTrue($"{_text}: {threads} threads must give the same bits");
                }
            }
        }

        private static T[] Draw(int length, Random random)
        {
            T[] values = new T[length];
            for (int i = 0; i < length; i++)
            {
                values[i] = T.CreateTruncating((random.NextDouble() * 2) - 1);
            }

            return values;
        }

        private (string Name, T[] Actual, Sum[] Expected)[] Results(
            ForkJoin team, (Sum[] Output, Sum[] Weights, Sum[] Biases, Sum[] Input) naive) =>
        [
            ("output", Compute((result, all) => ConvolutionProduct.Forward(
                _geometry, Weights(), _biases, Input(), result, all), naive.Output.Length / _samples, _samples, team),
                naive.Output),
            ("weight gradient", Compute((result, all) => ConvolutionProduct.ParameterGradients(
                _geometry, Delta(), Input(), result, [], all),
                _geometry.Filters, _geometry.PatchLength, team),
                naive.Weights),
            ("bias gradient", Compute((result, all) => ConvolutionProduct.ParameterGradients(
                _geometry, Delta(), Input(), new(new T[_weights.Length], _geometry.Filters, _geometry.PatchLength),
                result.Values, all), _geometry.Filters, 1, team),
                naive.Biases),
            ("input gradient", Compute((result, all) => ConvolutionProduct.InputGradient(
                _geometry, Weights(), Delta(), result, all), naive.Input.Length / _samples, _samples, team),
                naive.Input),
        ];

        private ReadOnlyMatrixSpan<T> Weights() => new(_weights, _geometry.Filters, _geometry.PatchLength);

        private ReadOnlyMatrixSpan<T> Input() => new(_input, _input.Length / _samples, _samples);

        private ReadOnlyMatrixSpan<T> Delta() => new(_delta, _delta.Length / _samples, _samples);

        // In memory whose old contents must vanish and whose surroundings must not change.
        private T[] Compute(Product product, int rows, int columns, ForkJoin team)
        {
            T guard = T.CreateChecked(12345);
            T[] framed = new T[(rows * columns) + (2 * Guard)];
            Array.Fill(framed, guard);
            Span<T> values = framed.AsSpan(Guard, rows * columns);
            values.Fill(T.NaN);
            product(new(values, rows, columns), team);
            if (framed.AsSpan(0, Guard).ContainsAnyExcept(guard)
                || framed.AsSpan(Guard + values.Length).ContainsAnyExcept(guard))
            {
                Assert.Fail($"{_text}: wrote outside the result.");
            }

            return values.ToArray();
        }

        private (Sum[] Output, Sum[] Weights, Sum[] Biases, Sum[] Input) Naive()
        {
            WindowAxis rows = _geometry.Rows;
            WindowAxis columns = _geometry.Columns;
            var output = new Sum[_delta.Length];
            var weights = new Sum[_weights.Length];
            var biases = new Sum[_biases.Length];
            var input = new Sum[_input.Length];
            int result = 0;
            for (int n = 0; n < _samples; n++)
            {
                for (int y = 0; y < rows.Windows; y++)
                {
                    for (int x = 0; x < columns.Windows; x++)
                    {
                        for (int f = 0; f < _geometry.Filters; f++)
                        {
                            int group = f / _geometry.GroupFilters;
                            output[result].Add(_biases[f], T.One);
                            biases[f].Add(_delta[result], T.One);
                            for (int element = 0; element < _geometry.PatchLength; element++)
                            {
                                (int window, int c) = Math.DivRem(element, _geometry.GroupChannels);
                                (int i, int j) = Math.DivRem(window, columns.Kernel);
                                int row = (y * rows.Stride) + (i * rows.Dilation) - rows.Before;
                                int column = (x * columns.Stride) + (j * columns.Dilation) - columns.Before;
                                if (row >= 0 && row < rows.Length && column >= 0 && column < columns.Length)
                                {
                                    int channel = (group * _geometry.GroupChannels) + c;
                                    int at = (((((n * rows.Length) + row) * columns.Length) + column)
                                        * _geometry.Channels) + channel;
                                    int weight = (element * _geometry.Filters) + f;
                                    output[result].Add(_weights[weight], _input[at]);
                                    weights[weight].Add(_delta[result], _input[at]);
                                    input[at].Add(_weights[weight], _delta[result]);
                                }
                            }

                            result++;
                        }
                    }
                }
            }

            return (output, weights, biases, input);
        }

        /// <summary>
        /// A sum of products with the sum of their magnitudes, to which rounding errors are proportional.
        /// </summary>
        private struct Sum
        {
            public double Value { get; private set; }

            public double Magnitude { get; private set; }

            public int Terms { get; private set; }

            public void Add(T left, T right)
            {
                double product = double.CreateChecked(left) * double.CreateChecked(right);
                Value += product;
                Magnitude += Math.Abs(product);
                Terms++;
            }
        }
    }
}
