namespace NeuralNet.Onnx.Tests.Fuzzing;

public sealed class FuzzTests
{
    [Fact]
    public void A_damaged_file_is_refused_by_name_or_still_a_model_and_takes_little_memory_and_time()
    {
        const int Cases = 3000;
        int loaded = Enumerable.Range(0, Cases).Count(Fuzzer.Run);

        // Some damage is to a name or a number only. If it all were, or none, nothing would be tested.
        loaded.Should().BeInRange(Cases / 50, Cases / 2);
    }

    [Fact]
    public void The_same_seed_gives_the_same_case() => Fuzzer.FuzzCase(12).Should().Equal(Fuzzer.FuzzCase(12));
}
