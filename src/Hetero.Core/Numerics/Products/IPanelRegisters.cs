namespace Hetero.Core.Numerics;

/// <summary>The registers across a panel of the right factor, as a type: the JIT makes one tile kernel for each.</summary>
internal interface IPanelRegisters
{
    /// <summary>Gets the number of registers, 1 to 3.</summary>
    static abstract int Registers { get; }
}

/// <summary>One register across.</summary>
internal readonly struct OneRegister : IPanelRegisters
{
    public static int Registers => 1;
}

/// <summary>Two registers across.</summary>
internal readonly struct TwoRegisters : IPanelRegisters
{
    public static int Registers => 2;
}

/// <summary>Three registers across.</summary>
internal readonly struct ThreeRegisters : IPanelRegisters
{
    public static int Registers => 3;
}
