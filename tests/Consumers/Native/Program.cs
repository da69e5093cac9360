// Trains, saves, loads and predicts, and prints digests of all bits, which must be the same however this is compiled.
// With "time" it prints how long training steps take instead; with "nothing" it only starts, for that to be measured.
using Consumers.Native;

switch (args)
{
    case []:
        Console.WriteLine($"float {Bits.Digest<float>()}");
        Console.WriteLine($"double {Bits.Digest<double>()}");
        break;
    case ["time"]:
        Steps.Time();
        break;
    default:
        break;
}
