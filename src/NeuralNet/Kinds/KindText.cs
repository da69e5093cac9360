namespace NeuralNet.Kinds;

/// <summary>Texts about kinds for messages.</summary>
internal static class KindText
{
    /// <summary>A role in words.</summary>
    public static string NameOf(KindRole role) => role switch
    {
        KindRole.Layer => "layer",
        KindRole.Activation => "activation",
        KindRole.Penalty => "penalty",
        KindRole.Constraint => "constraint",
        KindRole.Loss => "loss",
        KindRole.Optimizer => "optimizer",
        KindRole.Schedule => "schedule",
        KindRole.Clipping => "clipping",
        KindRole.Augmentation => "augmentation",
        KindRole.Merge => "merge",
        KindRole.Calibration => "calibration",
        _ => "feature transform",
    };

    /// <summary>A role in words, with its article.</summary>
    public static string WithArticle(KindRole role) =>
        (role is KindRole.Activation or KindRole.Optimizer or KindRole.Augmentation ? "an " : "a ") + NameOf(role);

    /// <summary>The call that registers a component.</summary>
    public static string HowToRegister(KindRole role, string kind) =>
        $"register it, new ModelKinds().With{role}(\"{kind}\", …)";

    /// <summary>The refusal of a component whose type is not registered.</summary>
    public static InvalidOperationException NotRegistered(KindRole role, Type type, string kind, KindUse use) =>
        new(
            $"The {NameOf(role)} {type} {use.Refusal}, as it is not registered: {HowToRegister(role, kind)}, "
            + use.Remedy);
}
