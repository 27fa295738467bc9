namespace Hetero.Core.Random.Lanes;

/// <summary>The bit patterns behind <see cref="IGaussianLanes{T,TVector,TWords}"/>, shared by all widths so that the bits agree.</summary>
internal static class FloatBits
{
    // Adding (bits of 1) − (bits of √½) before cutting off the mantissa rounds the exponent so that the mantissa lands in [√½, √2):
    // there ln is smallest in size and its polynomial shortest.
    public const uint SingleRootHalf = 0x3F3504F3;
    public const uint SingleOffset = 0x3F800000 - SingleRootHalf;
    public const uint SingleMantissa = 0x007FFFFF;
    public const ulong DoubleRootHalf = 0x3FE6A09E_667F3BCD;
    public const ulong DoubleOffset = 0x3FF00000_00000000 - DoubleRootHalf;
    public const ulong DoubleMantissa = 0x000FFFFF_FFFFFFFF;

    // An integer below 2^23 (2^52) put into the mantissa of 2^23 (2^52) makes the number 2^23 + integer, exactly: the conversion that
    // every width has.
    public const uint SingleMagic = 0x4B000000;
    public const float SingleExponentBias = 8388608f + 127f;
    public const ulong DoubleMagic = 0x43300000_00000000;
    public const double DoubleMagicValue = 4503599627370496.0;
    public const double DoubleExponentBias = DoubleMagicValue + 1023.0;

    // The angle takes 32 + 30 bits of two words; the two top bits of the second are the choice bits.
    public const double DoubleAngleBias = DoubleMagicValue + 2147483648.0;
    public const ulong Low32 = 0x00000000_FFFFFFFF;
    public const ulong Low30 = 0x00000000_3FFFFFFF;

    public const float SingleTwoTo32Inverse = 1f / 4294967296f;
    public const float SingleTwoTo33Inverse = SingleTwoTo32Inverse / 2;
    public const float SingleTwoTo31Inverse = SingleTwoTo32Inverse * 2;
    public const double DoubleTwoTo32Inverse = 1.0 / 4294967296.0;
    public const double DoubleTwoTo31Inverse = DoubleTwoTo32Inverse * 2;
    public const double DoubleTwoTo61Inverse = DoubleTwoTo31Inverse * DoubleTwoTo32Inverse * 4;
    public const double DoubleTwoTo64Inverse = DoubleTwoTo32Inverse * DoubleTwoTo32Inverse;
    public const double DoubleTwoTo65Inverse = DoubleTwoTo64Inverse / 2;
}
