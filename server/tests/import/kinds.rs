//! Every other kind of fact: what is taken, what is refused, and that a second time changes nothing.

use sea_orm::{EntityTrait as _, PaginatorTrait as _, QueryOrder as _};
use server::entity::{
    activity, campaign_day, deal, event, exchange_rate, lead, measurement, quota, sales_line, satisfaction,
    subscription, team,
};
use server::import::Kind;

use crate::place::{Place, SMALL, codes, counts};

impl Place {
    /// A file whose columns are named as ours.
    async fn own(&self, kind: Kind, text: &str) -> server::import::Report {
        let names = text.lines().next().unwrap().split(',');
        let columns: String = names.map(|name| format!("\"{name}\" = \"{name}\"\n")).collect();
        let mapping = format!("unknown_people = \"create\"\n[columns]\n{columns}");
        self.run(self.request(kind, &self.file(text), &mapping)).await
    }

    /// The same file twice: the second time nothing changes.
    async fn twice(&self, kind: Kind, text: &str, rows: u64) {
        let first = self.own(kind, text).await;
        assert_eq!(counts(&first), (rows, rows, 0, 0, 0), "{} {:?}", kind.name(), first.rejected);
        let again = self.own(kind, text).await;
        assert_eq!(counts(&again), (rows, 0, 0, rows, 0), "{}", kind.name());
    }
}

on_each_database!(a_time_with_a_zone_counts_on_the_day_it_was_in_the_organisation, place => {
    let text = "external_id,created_on\nL1,2024-01-31T23:30:00Z\nL2,2024-01-31T22:30:00Z\nL3,2024-01-31 23:30:00\n";
    place.twice(Kind::Leads, text, 3).await;
    let leads = lead::Entity::find().order_by_asc(lead::Column::ExternalId).all(&place.db).await.unwrap();
    let days = leads.iter().map(|l| i32::try_from(l.created_on).unwrap());
    let days: Vec<String> = days.map(|day| domain::Date::from_day_number(day).unwrap().to_string()).collect();
    assert_eq!(days, ["2024-02-01", "2024-01-31", "2024-01-31"]);
});

on_each_database!(every_kind_goes_in_and_a_second_time_changes_nothing, place => {
    place.twice(Kind::Subscriptions, "external_id,customer,start,end,amount,interval,plan,person,currency\n\
        S1,Acme,2024-01-01,,49,month,Pro,Ann,USD\nS2,Bolt,2024-02-01,2024-02-01,588.00,year,,,USD\n", 2).await;
    place.twice(Kind::CampaignDays, "date,campaign,channel,spend,impressions,clicks,leads,orders,revenue\n\
        2024-01-01,Spring,search,12.50,1000,50,5,1,80\n2024-01-01,Spring,social,,900,,,,\n", 2).await;
    place.twice(Kind::Leads, "external_id,created_on,channel,campaign,source,person,status,deal,qualified\n\
        L1,2024-01-01,search,Spring,web,Ann,new,,true\nL2,2024-01-02,,,,,,D1,nee\n", 2).await;
    place.twice(Kind::SalesLines, "transaction,date,quantity,unit_price,customer,person,shop,product,category,kind\n\
        T1,2024-01-01,2,5.10,C1,Ann,North,Pen,Office,\nT1,2024-01-01,2,5.10,C1,Ann,North,Pen,Office,\nC9,2024-01-02,-1,5.10,C1,Ann,North,Pen,Office,return\n", 3).await;
    place.twice(Kind::Activities, "date,person,type,count\n2024-01-01,Ann,call,8\n2024-01-01,Ann,e-mail,\n", 2).await;
    place.twice(Kind::Satisfaction, "date,scale,score,customer,person\n2024-01-01,nps,9,Acme,Ann\n2024-01-01,csat,4.5,Acme,\n2024-01-01,csat,4.5,Acme,\n", 3).await;
    place.twice(Kind::Targets, "metric,who,month,value,where\nrevenue,Ann,Jan-24,1000,\nrevenue,,2024-01,5000.50,category=Office\nwin_rate,Ann,2024-02,40 %,\n", 3).await;
    place.twice(Kind::Measurements, "date,measure,value,person\n2024-01-01,sales_cost,1200,\n2024-01-01,sales_cost,200.25,Ann\n", 2).await;
    place.twice(Kind::Events, "date,title,kind,scope\n2024-01-01,Prices up,price_change,plan=Pro\n2024-02-01,New year party,,\n", 2).await;
    place.twice(Kind::Rates, "date,currency,rate\n2024-01-01,EUR,1.0956\n2024-02-01,IDR,0.0000631\n", 2).await;
    let yearly = subscription::Entity::find().order_by_asc(subscription::Column::Id).all(&place.db).await.unwrap();
    assert_eq!(yearly.iter().map(|s| s.per_year_micros).collect::<Vec<_>>(), [588_000_000; 2]);
    let line = sales_line::Entity::find().order_by_desc(sales_line::Column::Id).one(&place.db).await.unwrap().unwrap();
    assert_eq!((line.kind, line.quantity_micros, line.amount_micros), (1, -1_000_000, -5_100_000));
    let told = activity::Entity::find().order_by_desc(activity::Column::Id).one(&place.db).await.unwrap().unwrap();
    assert_eq!((told.count, told.activity_type.as_str()), (1, "e-mail"));
    let share = quota::Entity::find().order_by_desc(quota::Column::Id).one(&place.db).await.unwrap().unwrap();
    assert_eq!((share.metric.as_str(), share.value_micros), ("win_rate", 400_000));
    let day = campaign_day::Entity::find().order_by_desc(campaign_day::Column::Id).one(&place.db).await.unwrap().unwrap();
    assert_eq!((day.spend_micros, day.impressions, day.leads), (None, Some(900), None), "blank is not stated, which is not 0");
    assert_eq!(exchange_rate::Entity::find().count(&place.db).await.unwrap(), 2);
    assert_eq!(lead::Entity::find().order_by_desc(lead::Column::Id).one(&place.db).await.unwrap().unwrap().qualified, Some(0));
    assert_eq!(satisfaction::Entity::find().count(&place.db).await.unwrap(), 3, "the same answer twice is two answers");
    assert_eq!(measurement::Entity::find().count(&place.db).await.unwrap(), 2);
    assert_eq!(event::Entity::find().order_by_desc(event::Column::Id).one(&place.db).await.unwrap().unwrap().kind, "other");
});

on_each_database!(each_kind_names_the_row_and_the_column_that_is_wrong, place => {
    let cases: [(Kind, &str, &str, &str); 22] = [
        (Kind::Subscriptions, "external_id,customer,start,end,amount\nS,A,2024-02-01,2024-01-01,5", "end", "end_before_start"),
        (Kind::Subscriptions, "external_id,customer,start,amount\nS,A,2024-02-01,-5", "amount", "out_of_range"),
        (Kind::Subscriptions, "external_id,customer,start,amount\nS,A,2024-02-01,900000000000", "amount", "out_of_range"),
        (Kind::Subscriptions, "external_id,customer,start,amount,interval\nS,A,2024-02-01,5,decade", "interval", "unknown_value"),
        (Kind::CampaignDays, "date,campaign,clicks\n2024-01-01,X,1.5", "clicks", "not_whole"),
        (Kind::CampaignDays, "date,campaign,clicks\n2024-01-01,X,-1", "clicks", "out_of_range"),
        (Kind::CampaignDays, "date,campaign,spend,currency\n2024-01-01,X,€ 5,USD", "spend", "bad_currency"),
        (Kind::Leads, "external_id,created_on,qualified\nL,2024-01-01,perhaps", "qualified", "unknown_value"),
        (Kind::SalesLines, "transaction,date,quantity\nT,2024-01-01,1", "unit_price", "blank"),
        (Kind::SalesLines, "transaction,date,quantity,unit_price\nT,2024-01-01,9000000000,9000", "unit_price", "out_of_range"),
        (Kind::Activities, "date,person,type\n2024-01-01,Ann,sleep", "type", "unknown_value"),
        (Kind::Satisfaction, "date,scale,score\n2024-01-01,nps,11", "score", "out_of_range"),
        (Kind::Satisfaction, "date,scale,score\n2024-01-01,nps,7.5", "score", "not_whole"),
        (Kind::Targets, "metric,month,value\nhappiness,2024-01,5", "metric", "unknown_metric"),
        (Kind::Targets, "metric,value\nrevenue,5", "from", "period_missing"),
        (Kind::Targets, "metric,month,value\nrevenue,18 April 2024,5", "month", "bad_month"),
        (Kind::Targets, "metric,who,month,value\nrevenue,Nobody,2024-01,5", "who", "unknown_who"),
        (Kind::Targets, "metric,month,value,where\nrevenue,2024-01,5,nonsense=1", "where", "bad_where"),
        (Kind::Measurements, "date,measure,value,team\n2024-01-01,x,5,Nowhere", "team", "unknown_who"),
        (Kind::Events, "date,title,scope\n2024-01-01,x,everybody", "scope", "bad_where"),
        (Kind::Rates, "date,currency,rate\n2024-01-01,EUR,0", "rate", "out_of_range"),
        (Kind::Rates, "date,currency,rate\n2024-01-01,USD,1.1", "currency", "own_currency"),
    ];
    for (kind, text, column, code) in cases {
        let report = place.own(kind, text).await;
        let first = report.rejected.first().unwrap_or_else(|| panic!("{} took {text}", kind.name()));
        assert_eq!((first.line, first.column.as_deref(), first.code), (Some(2), Some(column), code), "{}", kind.name());
        assert!(!report.written);
    }
});

on_each_database!(a_key_twice_in_a_file_is_refused_in_whichever_spelling, place => {
    let text = "date,person,type,count\n2024-01-01,Ann,call,8\n2024-01-01,Ann,call,9\n";
    assert_eq!(codes(&place.own(Kind::Activities, text).await), [(Some(3), "duplicate_key")]);
    place.people("person,team,manager,from\nann-1,North,,\n", |_| ()).await;
    let model = server::entity::person::ActiveModel { name: sea_orm::ActiveValue::Set("Ann".into()), ..Default::default() };
    server::entity::person::Entity::update_many().set(model).exec(&place.db).await.unwrap();
    let text = "date,person,type,count\n2024-01-01,Ann,call,8\n2024-01-01,ann-1,call,9\n";
    assert_eq!(codes(&place.own(Kind::Activities, text).await), [(Some(3), "duplicate_key")]);
});

on_each_database!(a_line_that_sold_nothing_is_an_adjustment, place => {
    let text = "transaction,date,quantity,unit_price,kind\nT1,2024-01-01,0,5,\nT2,2024-01-01,-3,5,sale\nT3,2024-01-01,1,0,\nT4,2024-01-01,1,5,\n";
    place.own(Kind::SalesLines, text).await;
    let kinds = sales_line::Entity::find().order_by_asc(sales_line::Column::Id).all(&place.db).await.unwrap();
    assert_eq!(kinds.iter().map(|l| l.kind).collect::<Vec<_>>(), [2, 2, 2, 0]);
});

on_each_database!(amounts_are_converted_by_the_rate_of_their_day_and_again_when_rates_change, place => {
    let text = "transaction,date,quantity,unit_price,currency\nT1,2024-01-15,1,100,EUR\nT2,2024-03-01,1,100,EUR\n";
    let report = place.own(Kind::SalesLines, text).await;
    assert_eq!(report.unconverted, 2);
    place.deals(SMALL, |r| r.mapping.currency = Some("EUR".into())).await;
    let amounts = async || -> Vec<Option<i64>> {
        let all = sales_line::Entity::find().order_by_asc(sales_line::Column::Receipt).all(&place.db).await.unwrap();
        all.into_iter().map(|l| l.reporting_micros).collect()
    };
    assert_eq!(amounts().await, [None, None]);
    place.own(Kind::Rates, "date,currency,rate\n2017-01-01,EUR,2\n2024-01-01,EUR,1.5\n2024-02-01,EUR,1.25\n").await;
    assert_eq!(amounts().await, [Some(150_000_000), Some(125_000_000)]);
    assert_eq!(place.deal("A1").await.reporting_micros, Some(2_108_000_000));
    place.own(Kind::Rates, "date,currency,rate\n2024-02-01,EUR,1.3\n").await;
    assert_eq!(amounts().await, [Some(150_000_000), Some(130_000_000)]);
    let same = place.own(Kind::SalesLines, text).await;
    assert_eq!(counts(&same), (2, 0, 0, 2, 0), "a changed rate is nobody's edit");
});

on_each_database!(targets_and_measurements_of_teams, place => {
    place.people("person,team,manager,from\nAnn,Sales / North,,\nBob,South,,\nNorth,South,,\n", |_| ()).await;
    let both = place.own(Kind::Targets, "metric,who,month,value\nrevenue,South,2024-01,5\nrevenue,North,2024-01,5\n").await;
    assert_eq!(codes(&both), [(Some(3), "ambiguous_who")], "a person and a team are called North");
    let paths = place.own(Kind::Targets, "metric,who,month,value\nrevenue,South,2024-01,5\nrevenue,Sales / North,2024-01,7\nrevenue,Bob,2024-01,9\n").await;
    assert_eq!(counts(&paths).1, 3, "{:?}", paths.rejected);
    let south = team::Entity::find().all(&place.db).await.unwrap().into_iter().find(|t| t.name == "South").unwrap();
    let stored = quota::Entity::find().order_by_asc(quota::Column::Id).all(&place.db).await.unwrap();
    assert_eq!((stored[0].team_id, stored[0].person_id), (Some(south.id), None));
    assert!(stored[2].person_id.is_some() && stored[2].team_id.is_none());
    let team = place.own(Kind::Measurements, "date,measure,value,team\n2024-01-01,sales_cost,5,South\n").await;
    assert_eq!(counts(&team).1, 1);
});

on_each_database!(what_a_target_is_about_may_stand_in_a_column_of_the_file, place => {
    let text = "MonthofOrderDate,Category,Target\nApr-18,Furniture,10400.00\n";
    let mapping = "[columns]\nmonth = \"MonthofOrderDate\"\nwhere = \"Category\"\nvalue = \"Target\"\n[constants]\nmetric = \"revenue\"";
    let report = place.run(place.request(Kind::Targets, &place.file(text), mapping)).await;
    assert_eq!(counts(&report), (1, 1, 0, 0, 0), "{:?}", report.rejected);
    let one = quota::Entity::find().one(&place.db).await.unwrap().unwrap();
    assert_eq!((one.where_column.as_deref(), one.where_value.as_deref()), (Some("category"), Some("Furniture")));
    assert_eq!(domain::Date::from_day_number(one.from_day as i32).unwrap().to_string(), "2018-04-01");
});

on_each_database!(own_columns_are_kept_and_bounded, place => {
    let text = "external_id,created_on,Page,Kleur\nL1,2024-01-01,/a,rood\nL2,2024-01-01,,\n";
    let mapping = "[columns]\nexternal_id = \"external_id\"\ncreated_on = \"created_on\"\nattributes.landing_page = \"Page\"\n\"attributes.colour\" = \"Kleur\"\n[values.\"attributes.colour\"]\nrood = \"red\"";
    place.run(place.request(Kind::Leads, &place.file(text), mapping)).await;
    let leads = lead::Entity::find().order_by_asc(lead::Column::ExternalId).all(&place.db).await.unwrap();
    assert_eq!(leads[0].attributes.as_deref(), Some(r#"{"colour":"red","landing_page":"/a"}"#));
    assert_eq!(leads[1].attributes, None);
    let many: String = (0..11).map(|n| format!("attributes.a{n} = \"x\"\n")).collect();
    let mapping = format!("[columns]\nexternal_id = \"external_id\"\ncreated_on = \"created_on\"\n[constants]\n{many}");
    let report = place.run(place.request(Kind::Leads, &place.file(text), &mapping)).await;
    assert_eq!((report.refused, report.rejected[0].code), (true, "too_many_attributes"));
    let odd = "[columns]\nexternal_id = \"external_id\"\ncreated_on = \"created_on\"\n\"attributes.a'b\" = \"Page\"";
    assert_eq!(place.run(place.request(Kind::Leads, &place.file(text), odd)).await.rejected[0].code, "bad_attribute");
});

on_each_database!(a_manager_brings_facts_of_own_people_only, place => {
    place.deals(SMALL, |_| ()).await;
    let people = server::entity::person::Entity::find().all(&place.db).await.unwrap();
    let ann = people.iter().find(|p| p.key == "Ann").unwrap().id;
    let text = "date,person,type,count\n2024-01-01,Ann,call,8\n2024-01-01,Bob,call,9\n";
    let mapping = "[columns]\ndate = \"date\"\nperson = \"person\"\ntype = \"type\"\ncount = \"count\"";
    let mut request = place.request(Kind::Activities, &place.file(text), mapping);
    request.who.people = Some([ann].into());
    assert_eq!(codes(&place.run(request).await), [(Some(3), "not_allowed")]);
    let mut request = place.request(Kind::Rates, &place.file("date,currency,rate\n2024-01-01,EUR,2\n"), "[columns]\ndate = \"date\"\ncurrency = \"currency\"\nrate = \"rate\"");
    request.who.people = Some([ann].into());
    assert_eq!(codes(&place.run(request).await), [(Some(2), "not_allowed")]);
    assert_eq!(deal::Entity::find().count(&place.db).await.unwrap(), 4);
});
