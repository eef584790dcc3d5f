namespace Ledger.Server.People;

public static class PeopleSetup
{
    public static void AddPeople(this IServiceCollection services)
    {
        services.AddSingleton<ShowMe>().AddSingleton<PasskeyCeremony>();
        services.AddHostedService<Operator>();
    }
}
