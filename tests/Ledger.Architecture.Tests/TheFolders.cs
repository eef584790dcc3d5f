using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ledger.Architecture.Tests;

/// <summary>
/// The folders of a project form layers: who reads them from the bottom never has to look ahead. A namespace is a
/// folder, and what the compiled code refers to counts, not what stands in <c>using</c> lines.
/// </summary>
public sealed class TheFolders
{
    public static TheoryData<string> Projects { get; } = ["ledger", "Ledger.Local", "Ledger.Store", "Ledger.Server"];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Know_each_other_in_one_direction_only(string assembly)
    {
        var graph = FolderGraph.Of(assembly);

        graph.Folders.Should().HaveCountGreaterThan(2);
        graph.ClosingCircles().Should().BeEmpty();
    }

    /// <summary>Which namespace of an assembly refers to which other one, with one example each.</summary>
    private sealed record FolderGraph(Dictionary<string, Dictionary<string, string>> References)
    {
        public IReadOnlyCollection<string> Folders => References.Keys;

        public static FolderGraph Of(string assembly)
        {
            using var module = ModuleDefinition.ReadModule(
                Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"),
                new ReaderParameters { InMemory = true }
            );
            var graph = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
            foreach (var type in module.GetTypes().Where(type => !IsGenerated(type)))
            {
                var from = NamespaceOf(type);
                var targets = graph.TryGetValue(from, out var known)
                    ? known
                    : graph[from] = new(StringComparer.Ordinal);
                foreach (var used in ReferencesOf(type).SelectMany(Parts).Where(used => used.Scope == module))
                {
                    var to = NamespaceOf(used);
                    if (to != from && to.Length > 0)
                        targets.TryAdd(to, $"{type.FullName} knows {used.FullName}");
                }
            }

            return new(graph);
        }

        /// <summary>The references that are part of a circle.</summary>
        public IEnumerable<string> ClosingCircles() =>
            from folder in Folders
            from target in References[folder]
            where Reachable(target.Key).Contains(folder)
            select target.Value;

        private HashSet<string> Reachable(string folder)
        {
            var reached = new HashSet<string>(StringComparer.Ordinal);
            var open = new Queue<string>([folder]);
            while (open.TryDequeue(out var at))
                foreach (var next in References.GetValueOrDefault(at, []).Keys.Where(reached.Add))
                    open.Enqueue(next);
            return reached;
        }

        private static bool IsGenerated(TypeReference type) =>
            NamespaceOf(type) is "" || NamespaceOf(type).Contains("Generated", StringComparison.Ordinal);

        private static string NamespaceOf(TypeReference type) =>
            type.DeclaringType is { } outer ? NamespaceOf(outer) : type.Namespace;

        private static IEnumerable<TypeReference> ReferencesOf(TypeDefinition type) =>
            new[] { type.BaseType }
                .Concat(type.Interfaces.Select(i => i.InterfaceType))
                .Concat(type.Fields.Select(f => f.FieldType))
                .Concat(Attributes(type))
                .Concat(type.Methods.SelectMany(ReferencesOf))
                .Where(reference => reference is not null)!;

        private static IEnumerable<TypeReference> ReferencesOf(MethodDefinition method) =>
            method
                .Parameters.Select(p => p.ParameterType)
                .Append(method.ReturnType)
                .Concat(Attributes(method))
                .Concat(method.HasBody ? ReferencesOf(method.Body) : []);

        private static IEnumerable<TypeReference> ReferencesOf(MethodBody body) =>
            body
                .Variables.Select(v => v.VariableType)
                .Concat(
                    body.Instructions.SelectMany(i =>
                        i.Operand switch
                        {
                            TypeReference type => [type],
                            MethodReference called =>
                            [
                                called.DeclaringType,
                                called.ReturnType,
                                .. called is GenericInstanceMethod generic ? generic.GenericArguments : [],
                            ],
                            FieldReference field => [field.DeclaringType, field.FieldType],
                            _ => (IEnumerable<TypeReference>)[],
                        }
                    )
                );

        private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider provider) =>
            provider.HasCustomAttributes ? provider.CustomAttributes.Select(a => a.AttributeType) : [];

        /// <summary>The named types in a type such as <c>List&lt;Entry[]&gt;</c>.</summary>
        private static IEnumerable<TypeReference> Parts(TypeReference type) =>
            type switch
            {
                GenericInstanceType generic =>
                [
                    .. Parts(generic.ElementType),
                    .. generic.GenericArguments.SelectMany(Parts),
                ],
                GenericParameter => [],
                TypeSpecification wrapped => Parts(wrapped.ElementType),
                _ => [type],
            };
    }
}
