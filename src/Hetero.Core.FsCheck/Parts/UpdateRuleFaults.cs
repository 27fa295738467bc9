using System.Numerics;
using Hetero.Core.Training;

namespace Hetero.Core.FsCheck;

/// <summary>The checks of an update rule, on one matrix of parameters and on three.</summary>
internal sealed class UpdateRuleFaults<T>(UpdateRule<T> rule, double stepSize, ulong seed)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Steps = 6;
    private readonly FaultList _faults = new();
    private MatrixShape[] _shapes = [];

    public IReadOnlyList<string> Find()
    {
        _faults.Describes(rule.Describe, rule.Describe, mayBeEmpty: true);
        foreach (MatrixShape[] shapes in new MatrixShape[][] { [new(6, 4)], [new(5, 3), new(2, 7), new(1, 1)] })
        {
            // One sentence is enough where both shapes have the same fault.
            if (_faults.Sentences.Count == 0)
            {
                _shapes = shapes;
                _faults.Try($"Apply, for matrices of the shapes {string.Join(", ", shapes.Select(shape => $"{shape.Rows}×{shape.Columns}"))},", Check);
            }
        }

        return _faults.Sentences;
    }

    private void Check()
    {
        int state = rule.StateLength(_shapes), scratch = rule.ScratchLength(_shapes);
        if (!_faults.Require(state >= 0 && scratch >= 0, $"StateLength is {state} and ScratchLength {scratch}; accepted are 0 and above.")
            || !_faults.Require(
                state == rule.StateLength(_shapes) && scratch == rule.ScratchLength(_shapes), $"StateLength or ScratchLength is not the same twice."))
        {
            return;
        }

        Memory first = new(this);
        Repeat(first, Steps);
        if (!_faults.Finite<T>(first.Parameters, $"After {Steps} steps with directions N(0, 1) the parameters are"))
        {
            return;
        }

        Memory second = new(this), other = new(this, T.NaN), apart = new(this), between = new(this);
        Repeat(second, Steps);
        Compare(first, second, "A second run has other bits than the first: the rule keeps something itself, or draws random numbers");
        Repeat(other, Steps);
        Compare(first, other, "A step depends on what the scratch memory held before");
        for (int step = 0; step < Steps; step++)
        {
            Repeat(apart, 1);
            Repeat(between, 1, shift: 50);
        }

        Compare(first, apart, "Two runs that take turns disturb each other: the rule keeps something itself");
        Memory still = new(this);
        Repeat(still, Steps, size: 0);
        _faults.Finite<T>(still.Parameters, $"With directions of zeros the parameters are");
        Memory measured = new(this);
        _faults.AllocatesNothing("Apply", 8, () => measured.Apply(T.Zero));
    }

    private void Repeat(Memory memory, int steps, int shift = 0, double size = 1)
    {
        for (int i = 0; i < steps; i++)
        {
            Numbers.Gaussian<T>(seed, 1 + shift + memory.Step, memory.Direction.Length, size).CopyTo(memory.Direction, 0);
            memory.Apply(memory.Fill);
        }
    }

    private void Compare(Memory expected, Memory found, string sentence)
    {
        if (_faults.SameBits<T>(expected.Parameters, found.Parameters, $"{sentence}, after {Steps} steps in the parameters"))
        {
            _faults.SameBits<T>(expected.State, found.State, $"{sentence}, after {Steps} steps in the state");
        }
    }

    private sealed class Memory(UpdateRuleFaults<T> owner, T fill = default)
    {
        private readonly T[] _scratch = new T[owner.Rule.ScratchLength(owner._shapes)];

        public T Fill => fill;

        public int Step { get; private set; }

        public T[] Parameters { get; } = Numbers.Gaussian<T>(owner.Seed, 0, owner._shapes.Sum(shape => shape.Length));

        public T[] Direction { get; } = Numbers.Gaussian<T>(owner.Seed, 1, owner._shapes.Sum(shape => shape.Length));

        public T[] State { get; } = new T[owner.Rule.StateLength(owner._shapes)];

        public void Apply(T scratch)
        {
            _scratch.AsSpan().Fill(scratch);
            owner.Rule.Apply(new UpdateStep<T>
            {
                Step = Step++,
                StepSize = T.CreateTruncating(owner.StepSize),
                Parameters = Parameters,
                Direction = Direction,
                State = State,
                Scratch = _scratch,
                Shapes = owner._shapes,
            });
        }
    }

    private UpdateRule<T> Rule => rule;

    private double StepSize => stepSize;

    private ulong Seed => seed;
}
