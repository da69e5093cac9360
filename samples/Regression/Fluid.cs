namespace NeuralNet.Samples.Regression;

/// <summary>A fluid in which a ball falls.</summary>
/// <param name="Density">ρ in kg/m³.</param>
/// <param name="Viscosity">μ in Pa·s.</param>
internal readonly record struct Fluid(double Density, double Viscosity)
{
    private const double Freezing = 273.15;

    /// <summary>The names of the fluids.</summary>
    public static IReadOnlyList<string> Names { get; } = ["air", "oil", "water"];

    /// <summary>A fluid at a temperature, from 0 to 60 °C, and at the pressure of the atmosphere.</summary>
    public static Fluid At(string name, double celsius) => name switch
    {
        "air" => Air(celsius),
        "oil" => OliveOil(celsius),
        "water" => Water(celsius),
        _ => throw new ArgumentException($"There is no fluid '{name}'.", nameof(name)),
    };

    // The ideal gas law with R = 287.05 J/(kg·K), and Sutherland's formula.
    private static Fluid Air(double celsius)
    {
        double kelvin = celsius + Freezing;
        double viscosity = 1.716e-5 * Math.Pow(kelvin / Freezing, 1.5) * (Freezing + 110.4) / (kelvin + 110.4);
        return new(101_325 / (287.05 * kelvin), viscosity);
    }

    // 911 kg/m³ at 20 °C, which expands by 0.07 % per kelvin; μ ~ exp(B/T) (Andrade) through the handbooks' 84 mPa·s at
    // 20 °C and 36.3 mPa·s at 40 °C.
    private static Fluid OliveOil(double celsius)
    {
        double b = Math.Log(84 / 36.3) / ((1 / (20 + Freezing)) - (1 / (40 + Freezing)));
        double viscosity = 0.084 * Math.Exp(b * ((1 / (celsius + Freezing)) - (1 / (20 + Freezing))));
        return new(911 * (1 - (0.0007 * (celsius - 20))), viscosity);
    }

    // The density after McCutcheon, Martin and Barnwell (1993), the viscosity after Vogel.
    private static Fluid Water(double celsius)
    {
        double fromDensest = celsius - 3.9863;
        double density = 1000
            * (1 - ((celsius + 288.9414) / (508_929.2 * (celsius + 68.12963)) * fromDensest * fromDensest));
        return new(density, 2.414e-5 * Math.Pow(10, 247.8 / (celsius + Freezing - 140)));
    }
}
