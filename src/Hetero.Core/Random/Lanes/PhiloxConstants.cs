namespace Hetero.Core.Random.Lanes;

/// <summary>What defines Philox4x32-10.</summary>
internal static class PhiloxConstants
{
    public const int Rounds = 10;

    // The multipliers of the paper's table 2 and the Weyl increments of its section 3.3 (the golden ratio and √3 − 1 as 32-bit fractions).
    public const uint Multiplier0 = 0xD2511F53;
    public const uint Multiplier1 = 0xCD9E8D57;
    public const uint Weyl0 = 0x9E3779B9;
    public const uint Weyl1 = 0xBB67AE85;
}
