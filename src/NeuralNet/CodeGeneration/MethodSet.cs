namespace NeuralNet.CodeGeneration;

/// <summary>The methods that a class needs, each once, in the order in which they were first requested.</summary>
internal sealed class MethodSet
{
    /// <summary>Placeholder of the number type.</summary>
    public const string Number = "$T";

    /// <summary>Names that the class uses besides its methods, so that it must not have them itself.</summary>
    private static readonly HashSet<string> _taken =
    [
        "Predict", "Run", "InputSize", "OutputSize", "Parameters", "Data", "get_Data", "Decode", "System", "Span",
        "ReadOnlySpan",
        "Math", "Convert", "ArrayPool", "BinaryPrimitives", "BitConverter", "ArgumentException", "MemoryExtensions",
        "Array", "Attribute", "Object", "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "Finalize",
        "ReferenceEquals",
    ];

    private static readonly Dictionary<string, (string Text, string[] Needs)> _texts = new()
    {
        ["Dense"] = (
            """
            /// <summary>biases + weights * input; the weights of an input lie together, one for each output.</summary>
            private static void Dense(
                ReadOnlySpan<$T> input, ReadOnlySpan<$T> weights, ReadOnlySpan<$T> biases, Span<$T> result)
            {
                biases.CopyTo(result);
                for (int i = 0; i < input.Length; i++)
                {
                    $T x = input[i];
                    ReadOnlySpan<$T> column = weights.Slice(i * result.Length, result.Length);
                    for (int j = 0; j < column.Length; j++)
                    {
                        result[j] += column[j] * x;
                    }
                }
            }
            """, []),
        ["Convolution"] = (
            """
            /// <summary>
            /// biases + weights * patch at every place; the weights of an element of the patch lie together.
            /// </summary>
            private static void Convolution(
                ReadOnlySpan<$T> input,
                ReadOnlySpan<$T> weights,
                ReadOnlySpan<$T> biases,
                Span<$T> result,
                (int Height, int Width) size,
                (int Height, int Width) resultSize,
                (int Height, int Width) kernel,
                (int Height, int Width) stride,
                (int Height, int Width) dilation,
                (int Top, int Left) padding,
                int groups)
            {
                int filters = biases.Length;
                int groupFilters = filters / groups;
                int channels = input.Length / (size.Height * size.Width);
                int groupChannels = channels / groups;
                for (int place = 0; place < resultSize.Height * resultSize.Width; place++)
                {
                    Span<$T> target = result.Slice(place * filters, filters);
                    biases.CopyTo(target);
                    for (int element = 0; element < kernel.Height * kernel.Width; element++)
                    {
                        int y = (place / resultSize.Width * stride.Height) - padding.Top
                            + (element / kernel.Width * dilation.Height);
                        int x = (place % resultSize.Width * stride.Width) - padding.Left
                            + (element % kernel.Width * dilation.Width);
                        if (y < 0 || y >= size.Height || x < 0 || x >= size.Width)
                        {
                            continue;
                        }

                        for (int c = 0; c < channels; c++)
                        {
                            $T value = input[(((y * size.Width) + x) * channels) + c];
                            int first = c / groupChannels * groupFilters;
                            int row = (element * groupChannels) + (c % groupChannels);
                            ReadOnlySpan<$T> column = weights.Slice((row * filters) + first, groupFilters);
                            for (int f = 0; f < column.Length; f++)
                            {
                                target[first + f] += column[f] * value;
                            }
                        }
                    }
                }
            }
            """, []),
        ["TransposedConvolution"] = (
            """
            /// <summary>
            /// biases, and weights * input added to a patch around every place; the weights of an element of the patch
            /// lie together.
            /// </summary>
            private static void TransposedConvolution(
                ReadOnlySpan<$T> input,
                ReadOnlySpan<$T> weights,
                ReadOnlySpan<$T> biases,
                Span<$T> result,
                (int Height, int Width) size,
                (int Height, int Width) resultSize,
                (int Height, int Width) kernel,
                (int Height, int Width) stride,
                (int Height, int Width) dilation,
                (int Top, int Left) padding,
                int groups)
            {
                int filters = biases.Length;
                int groupFilters = filters / groups;
                int channels = input.Length / (size.Height * size.Width);
                int groupChannels = channels / groups;
                for (int i = 0; i < result.Length; i++)
                {
                    result[i] = biases[i % filters];
                }

                for (int place = 0; place < size.Height * size.Width; place++)
                {
                    for (int element = 0; element < kernel.Height * kernel.Width; element++)
                    {
                        int y = (place / size.Width * stride.Height) - padding.Top
                            + (element / kernel.Width * dilation.Height);
                        int x = (place % size.Width * stride.Width) - padding.Left
                            + (element % kernel.Width * dilation.Width);
                        if (y < 0 || y >= resultSize.Height || x < 0 || x >= resultSize.Width)
                        {
                            continue;
                        }

                        Span<$T> target = result.Slice(((y * resultSize.Width) + x) * filters, filters);
                        for (int f = 0; f < filters; f++)
                        {
                            int first = f / groupFilters * groupChannels;
                            int row = (element * groupFilters) + (f % groupFilters);
                            ReadOnlySpan<$T> column = weights.Slice((row * channels) + first, groupChannels);
                            for (int c = 0; c < column.Length; c++)
                            {
                                target[f] += column[c] * input[(place * channels) + first + c];
                            }
                        }
                    }
                }
            }
            """, []),
        ["ZeroPadding"] = (
            """
            /// <summary>Copies rows to their places between zeros, the first of which is at the start.</summary>
            private static void ZeroPadding(ReadOnlySpan<$T> input, Span<$T> result, int row, int resultRow, int start)
            {
                result.Clear();
                for (int y = 0; y < input.Length / row; y++)
                {
                    input.Slice(y * row, row).CopyTo(result.Slice((y * resultRow) + start));
                }
            }
            """, []),
        ["UpSampling"] = (
            """
            private static void UpSampling(
                ReadOnlySpan<$T> input,
                Span<$T> result,
                (int Height, int Width) size,
                (int Height, int Width) factor,
                bool isBilinear)
            {
                int channels = input.Length / (size.Height * size.Width);
                int width = size.Width * factor.Width;
                for (int i = 0; i < result.Length; i++)
                {
                    int place = i / channels;
                    (int top, int bottom, double down) = Neighbours(
                        place / width, size.Height, factor.Height, isBilinear);
                    (int left, int right, double across) = Neighbours(
                        place % width, size.Width, factor.Width, isBilinear);
                    ReadOnlySpan<$T> channel = input.Slice(i % channels);
                    double above = Between(
                        channel[((top * size.Width) + left) * channels],
                        channel[((top * size.Width) + right) * channels],
                        across);
                    double below = Between(
                        channel[((bottom * size.Width) + left) * channels],
                        channel[((bottom * size.Width) + right) * channels],
                        across);
                    result[i] = ($T)Between(above, below, down);
                }
            }
            """, ["Neighbours", "Between"]),
        ["Neighbours"] = (
            """
            /// <summary>The places of an axis that a place of the enlarged axis lies between, and how far.</summary>
            private static (int First, int Second, double Share) Neighbours(
                int place, int length, int factor, bool isBilinear)
            {
                if (!isBilinear)
                {
                    return (place / factor, place / factor, 0);
                }

                double center = Math.Max(0, ((place + 0.5) / factor) - 0.5);
                int first = (int)center;
                return first == length - 1 ? (first, first, 0) : (first, first + 1, center - first);
            }
            """, []),
        ["Between"] = (
            """
            private static double Between(double first, double second, double share) =>
                share == 0 ? first : ((1 - share) * first) + (share * second);
            """, []),
        ["MaxPooling"] = (
            """
            private static void MaxPooling(
                ReadOnlySpan<$T> input,
                Span<$T> result,
                (int Height, int Width) size,
                (int Height, int Width) resultSize,
                (int Height, int Width) window,
                (int Height, int Width) stride,
                (int Top, int Left) padding)
            {
                int channels = input.Length / (size.Height * size.Width);
                for (int i = 0; i < result.Length; i++)
                {
                    int place = i / channels;
                    int top = (place / resultSize.Width * stride.Height) - padding.Top;
                    int left = (place % resultSize.Width * stride.Width) - padding.Left;
                    $T max = $T.NegativeInfinity;
                    for (int y = Math.Max(top, 0); y < Math.Min(top + window.Height, size.Height); y++)
                    {
                        for (int x = Math.Max(left, 0); x < Math.Min(left + window.Width, size.Width); x++)
                        {
                            max = Math.Max(max, input[(((y * size.Width) + x) * channels) + (i % channels)]);
                        }
                    }

                    result[i] = max;
                }
            }
            """, []),
        ["AveragePooling"] = (
            """
            private static void AveragePooling(
                ReadOnlySpan<$T> input,
                Span<$T> result,
                (int Height, int Width) size,
                (int Height, int Width) resultSize,
                (int Height, int Width) window,
                (int Height, int Width) stride,
                (int Top, int Left) padding,
                bool countPadding)
            {
                int channels = input.Length / (size.Height * size.Width);
                for (int i = 0; i < result.Length; i++)
                {
                    int place = i / channels;
                    int top = (place / resultSize.Width * stride.Height) - padding.Top;
                    int left = (place % resultSize.Width * stride.Width) - padding.Left;
                    double sum = 0;
                    int count = 0;
                    for (int y = Math.Max(top, 0); y < Math.Min(top + window.Height, size.Height); y++)
                    {
                        for (int x = Math.Max(left, 0); x < Math.Min(left + window.Width, size.Width); x++)
                        {
                            sum += input[(((y * size.Width) + x) * channels) + (i % channels)];
                            count++;
                        }
                    }

                    result[i] = ($T)(sum / (countPadding ? window.Height * window.Width : count));
                }
            }
            """, []),
        ["Add"] = (
            """
            private static void Add(ReadOnlySpan<$T> x, Span<$T> a)
            {
                for (int i = 0; i < a.Length; i++)
                {
                    a[i] += x[i];
                }
            }
            """, []),
        ["Embedding"] = (
            """
            /// <summary>Copies the vector of each category.</summary>
            private static void Embedding(ReadOnlySpan<$T> x, Span<$T> a, ReadOnlySpan<$T> vectors, int size)
            {
                int categories = vectors.Length / size;
                for (int i = 0; i * size < a.Length; i++)
                {
                    int category = x[i] >= 0 && x[i] < categories ? (int)x[i] : -1;
                    if (category != x[i])
                    {
                        throw new ArgumentException(
                            "The number " + x[i] + " is none of the categories from 0 to " + (categories - 1) + ".");
                    }

                    vectors.Slice(category * size, size).CopyTo(a.Slice(i * size, size));
                }
            }
            """, []),
        ["AttentionPooling"] = (
            """
            /// <summary>The mean of the steps, weighted by the softmax of their products with the query.</summary>
            private static void AttentionPooling(ReadOnlySpan<$T> x, Span<$T> a, ReadOnlySpan<$T> query)
            {
                double max = double.NegativeInfinity;
                for (int start = 0; start < x.Length; start += a.Length)
                {
                    max = Math.Max(max, Score(x.Slice(start, a.Length), query));
                }

                a.Clear();
                double total = 0;
                for (int start = 0; start < x.Length; start += a.Length)
                {
                    double weight = Math.Exp(Score(x.Slice(start, a.Length), query) - max);
                    total += weight;
                    for (int i = 0; i < a.Length; i++)
                    {
                        a[i] += ($T)(weight * x[start + i]);
                    }
                }

                for (int i = 0; i < a.Length; i++)
                {
                    a[i] = ($T)(a[i] / total);
                }
            }
            """, ["Score"]),
        ["Score"] = (
            """
            private static double Score(ReadOnlySpan<$T> step, ReadOnlySpan<$T> query)
            {
                double sum = 0;
                for (int i = 0; i < step.Length; i++)
                {
                    sum += (double)step[i] * query[i];
                }

                return sum / Math.Sqrt(step.Length);
            }
            """, []),
        ["PeriodicFeatures"] = (
            """
            /// <summary>Of each number the sines of 2π times its frequencies, then the cosines.</summary>
            private static void PeriodicFeatures(ReadOnlySpan<$T> x, Span<$T> a, ReadOnlySpan<$T> frequencies)
            {
                int count = frequencies.Length / x.Length;
                for (int i = 0; i < x.Length; i++)
                {
                    for (int j = 0; j < count; j++)
                    {
                        double phase = 2 * Math.PI * frequencies[(i * count) + j] * x[i];
                        a[(2 * i * count) + j] = ($T)Math.Sin(phase);
                        a[(((2 * i) + 1) * count) + j] = ($T)Math.Cos(phase);
                    }
                }
            }
            """, []),
        ["Multiply"] = (
            """
            private static void Multiply(ReadOnlySpan<$T> x, Span<$T> a)
            {
                for (int i = 0; i < a.Length; i++)
                {
                    a[i] *= x[i];
                }
            }
            """, []),
        ["Maximum"] = (
            """
            private static void Maximum(ReadOnlySpan<$T> x, Span<$T> a)
            {
                for (int i = 0; i < a.Length; i++)
                {
                    a[i] = Math.Max(a[i], x[i]);
                }
            }
            """, []),
        ["Divide"] = (
            """
            private static void Divide(Span<$T> a, $T divisor)
            {
                for (int i = 0; i < a.Length; i++)
                {
                    a[i] /= divisor;
                }
            }
            """, []),
        ["BatchNormalization"] = (
            """
            /// <summary>Normalizes the channels of each position.</summary>
            private static void BatchNormalization(
                Span<$T> values, ReadOnlySpan<$T> mean, ReadOnlySpan<$T> scale, ReadOnlySpan<$T> shift)
            {
                for (int start = 0; start < values.Length; start += mean.Length)
                {
                    Span<$T> a = values.Slice(start, mean.Length);
                    for (int i = 0; i < a.Length; i++)
                    {
                        a[i] = ((a[i] - mean[i]) * scale[i]) + shift[i];
                    }
                }
            }
            """, []),
        ["LayerNormalization"] = (
            """
            /// <summary>Normalizes the channels of each position by themselves.</summary>
            private static void LayerNormalization(
                Span<$T> values, ReadOnlySpan<$T> gamma, ReadOnlySpan<$T> beta, double epsilon)
            {
                for (int start = 0; start < values.Length; start += gamma.Length)
                {
                    GroupNormalization(values.Slice(start, gamma.Length), gamma, beta, 1, epsilon);
                }
            }
            """, ["GroupNormalization"]),
        ["GroupNormalization"] = (
            """
            /// <summary>Normalizes each group of channels over all positions.</summary>
            private static void GroupNormalization(
                Span<$T> a, ReadOnlySpan<$T> gamma, ReadOnlySpan<$T> beta, int groups, double epsilon)
            {
                int width = gamma.Length / groups;
                for (int first = 0; first < gamma.Length; first += width)
                {
                    double mean = 0;
                    for (int start = first; start < a.Length; start += gamma.Length)
                    {
                        for (int i = start; i < start + width; i++)
                        {
                            mean += a[i];
                        }
                    }

                    mean = mean * groups / a.Length;
                    double variance = 0;
                    for (int start = first; start < a.Length; start += gamma.Length)
                    {
                        for (int i = start; i < start + width; i++)
                        {
                            variance += (a[i] - mean) * (a[i] - mean);
                        }
                    }

                    double deviation = Math.Sqrt((variance * groups / a.Length) + epsilon);
                    for (int start = first; start < a.Length; start += gamma.Length)
                    {
                        for (int i = start; i < start + width; i++)
                        {
                            int c = i % gamma.Length;
                            a[i] = ($T)(((a[i] - mean) / deviation * gamma[c]) + beta[c]);
                        }
                    }
                }
            }
            """, []),
        ["RmsNormalization"] = (
            """
            /// <summary>Divides the channels of each position by the root of their mean square.</summary>
            private static void RmsNormalization(Span<$T> values, ReadOnlySpan<$T> gamma, double epsilon)
            {
                for (int start = 0; start < values.Length; start += gamma.Length)
                {
                    Span<$T> a = values.Slice(start, gamma.Length);
                    double squares = 0;
                    for (int i = 0; i < a.Length; i++)
                    {
                        squares += (double)a[i] * a[i];
                    }

                    double root = Math.Sqrt((squares / a.Length) + epsilon);
                    for (int i = 0; i < a.Length; i++)
                    {
                        a[i] = ($T)(a[i] / root * gamma[i]);
                    }
                }
            }
            """, []),
        ["CopyChannels"] = (
            """
            /// <summary>Copies some channels of every position to their place among all channels.</summary>
            private static void CopyChannels(ReadOnlySpan<$T> some, int count, Span<$T> all, int total, int start)
            {
                for (int position = 0; position < some.Length / count; position++)
                {
                    some.Slice(position * count, count).CopyTo(all.Slice((position * total) + start));
                }
            }
            """, []),
        ["TakeChannels"] = (
            """
            /// <summary>Copies, of twice as many channels of every position, some from one on.</summary>
            private static void TakeChannels(ReadOnlySpan<$T> all, Span<$T> some, int count, int start)
            {
                for (int position = 0; position < some.Length / count; position++)
                {
                    all.Slice((position * 2 * count) + start, count).CopyTo(some.Slice(position * count));
                }
            }
            """, []),
        ["Permute"] = (
            """
            /// <summary>
            /// Copies an array to another order of its axes, given their sizes and distances in the input.
            /// </summary>
            private static void Permute(
                ReadOnlySpan<$T> input, Span<$T> result, ReadOnlySpan<int> sizes, ReadOnlySpan<int> strides)
            {
                for (int i = 0; i < result.Length; i++)
                {
                    (int from, int rest) = (0, i);
                    for (int axis = sizes.Length - 1; axis >= 0; axis--)
                    {
                        from += rest % sizes[axis] * strides[axis];
                        rest /= sizes[axis];
                    }

                    result[i] = input[from];
                }
            }
            """, []),
        ["PReLU"] = (
            """
            /// <summary>There is one slope for all, or one for each channel of a position.</summary>
            private static void PReLU(Span<$T> values, ReadOnlySpan<$T> slopes)
            {
                for (int start = 0; start < values.Length; start += slopes.Length)
                {
                    Span<$T> a = values.Slice(start, slopes.Length);
                    for (int i = 0; i < a.Length; i++)
                    {
                        a[i] = a[i] > 0 ? a[i] : slopes[i] * a[i];
                    }
                }
            }
            """, []),
        ["Softmax"] = (
            """
            private static void Softmax(Span<$T> a)
            {
                double max = Largest(a);
                double sum = 0;
                for (int i = 0; i < a.Length; i++)
                {
                    a[i] = ($T)Math.Exp(a[i] - max);
                    sum += a[i];
                }

                for (int i = 0; i < a.Length; i++)
                {
                    a[i] = ($T)(a[i] / sum);
                }
            }
            """, ["Largest"]),
        ["LogSoftmax"] = (
            """
            private static void LogSoftmax(Span<$T> a)
            {
                double max = Largest(a);
                double sum = 0;
                for (int i = 0; i < a.Length; i++)
                {
                    sum += Math.Exp(a[i] - max);
                }

                double logarithm = Math.Log(sum);
                for (int i = 0; i < a.Length; i++)
                {
                    a[i] = ($T)(a[i] - max - logarithm);
                }
            }
            """, ["Largest"]),
        ["Largest"] = (
            """
            private static double Largest(ReadOnlySpan<$T> a)
            {
                double max = double.NegativeInfinity;
                for (int i = 0; i < a.Length; i++)
                {
                    max = Math.Max(max, a[i]);
                }

                return max;
            }
            """, []),
        ["Clamp"] = (
            """
            // Math.Max and Math.Min propagate NaN.
            private static double Clamp(double x, double min, double max) => Math.Min(Math.Max(x, min), max);
            """, []),
        ["ExpMinusOne"] = (
            """
            /// <summary>exp(x) - 1 without loss of digits near 0, after Kahan.</summary>
            private static double ExpMinusOne(double x)
            {
                double power = Math.Exp(x);
                return power == 1 ? x : power < 0.1 ? power - 1 : (power - 1) * x / Math.Log(power);
            }
            """, []),
        ["LogOnePlus"] = (
            """
            /// <summary>log(1 + x) without loss of digits near 0, after Kahan.</summary>
            private static double LogOnePlus(double x)
            {
                double sum = 1 + x;
                return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
            }
            """, []),
        ["LogOnePlusExp"] = (
            """
            /// <summary>log(1 + exp(x)), for every x.</summary>
            private static double LogOnePlusExp(double x) => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x)));
            """, ["LogOnePlus"]),
        ["LessTanh"] = (
            """
            /// <summary>x - tanh(x) without loss of digits near 0, by the continued fraction of tanh.</summary>
            private static double LessTanh(double x)
            {
                if (Math.Abs(x) > 2)
                {
                    return x - Math.Tanh(x);
                }

                double denominator = 27;
                for (int n = 25; n > 1; n -= 2)
                {
                    denominator = n + (x * x / denominator);
                }

                double q = x * x / denominator;
                return x * (q / (1 + q));
            }
            """, []),
        ["TanhOfSoftplus"] = (
            """
            /// <summary>tanh(log(1 + x)), where x is an exponential.</summary>
            private static double TanhOfSoftplus(double x) => x * (x + 2) / ((x * (x + 2)) + 2);
            """, []),
        ["NormalDistribution"] = (
            """
            /// <summary>
            /// The standard normal distribution: a power series in the middle, a continued fraction in the tails.
            /// </summary>
            private static double NormalDistribution(double x)
            {
                double density = 0.3989422804014327 * Math.Exp(-0.5 * x * x);
                if (Math.Abs(x) <= 3)
                {
                    // x + x^3/3 + x^5/(3*5) + x^7/(3*5*7) + ...
                    double term = x;
                    double sum = x;
                    for (int n = 3; n < 100; n += 2)
                    {
                        term *= x * x / n;
                        sum += term;
                    }

                    return 0.5 + (density * sum);
                }

                // 1/(|x| + 1/(|x| + 2/(|x| + 3/(|x| + ...)))
                double fraction = Math.Abs(x);
                for (int n = 40; n > 0; n--)
                {
                    fraction = Math.Abs(x) + (n / fraction);
                }

                return x < 0 ? density / fraction : 1 - (density / fraction);
            }
            """, []),
    };

    private readonly List<string> _names = [];
    private readonly Dictionary<string, string> _used = [];

    /// <summary>The texts of the methods.</summary>
    public IEnumerable<string> Texts => _names.Select(name => _used[name]);

    /// <summary>
    /// True if a class must not have that name, because a member or another type in the source has it.
    /// </summary>
    public static bool IsTaken(string name) =>
        _taken.Contains(name) || _texts.ContainsKey(name) || RecurrentMethods.Texts.ContainsKey(name)
        || ActivationFormula.Names.Contains(name);

    /// <summary>Adds a method and the methods that it calls.</summary>
    public void Use(string name)
    {
        (string text, string[] needs) =
            _texts.TryGetValue(name, out (string, string[]) found) ? found : RecurrentMethods.Texts[name];
        Use(name, text, needs);
    }

    /// <summary>Adds an element-wise activation.</summary>
    public void Use(ActivationFormula formula)
    {
        string settings = string.Concat(formula.Settings.Select(setting => $", double {setting.Name}"));
        Use(
            formula.Name,
            $$"""
            private static void {{formula.Name}}(Span<$T> a{{settings}})
            {
                for (int i = 0; i < a.Length; i++)
                {
                    double z = a[i];
                    a[i] = ($T)({{formula.Expression}});
                }
            }
            """,
            formula.Needs);
    }

    private void Use(string name, string text, string[] needs)
    {
        if (_used.TryAdd(name, text))
        {
            _names.Add(name);
            foreach (string need in needs)
            {
                Use(need);
            }
        }
    }
}
